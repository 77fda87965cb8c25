// Holds what docs/architecture.md promises about the shape of the code. Each fault is one line that says where.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { drawing, files, floorOf, floors, includes, page, read, redrawn, root, roomOf, rooms } from './house.mjs';

// Node 18 leaves out what differs when an assertion has words of its own, so the words say it themselves.
const none = (faults, what = 'faults') => faults.length === 0 || assert.fail(`${what}:\n${faults.join('\n')}`);
const code = files('src').filter((path) => /\.(h|cpp)$/.test(path));
const isTest = (path) => /_(test|fuzz)\.(h|cpp)$/.test(path);
const withoutComments = (text) => text.replace(/\/\/.*/g, '').replace(/\/\*[^]*?\*\//g, '');

/** Lines of code that match, as "path:line: text". */
function linesWith(pattern, paths) {
  return paths.flatMap((path) =>
    withoutComments(read(path))
      .split('\n')
      .flatMap((text, index) => (pattern.test(text) ? [`${path}:${index + 1}: ${text.trim()}`] : [])),
  );
}

test('there is a house to look at', () => {
  assert.ok(rooms().length > 10 && includes().length > 50, 'rooms and includes were read');
});

test('every folder with code is a room named in CMakeLists.txt, and stands on a floor', () => {
  const all = rooms();
  none(code.filter((path) => !roomOf(path.slice(4), all)), 'files in no room');
  none(all.filter(({ path }) => floorOf(path) < 0).map(({ path }) => path), 'rooms on no floor');
});

test('CMakeLists.txt names a room only after everything it uses', () => {
  const all = rooms();
  const place = new Map(all.map(({ path }, index) => [path, index]));
  none(
    all.flatMap(({ path, uses }) =>
      uses.filter((used) => !(place.get(used) < place.get(path))).map((used) => `${path} uses ${used}`),
    ),
  );
});

test('an include names a file of the house by its path from src/', () => {
  const known = new Set(code.map((path) => path.slice(4)));
  none(includes().flatMap(({ file, line, target }) => (known.has(target) ? [] : [`src/${file}:${line}: "${target}"`])));
});

test('an include goes down, never up or across', () => {
  const all = rooms();
  const place = new Map(all.map(({ path }, index) => [path, index]));
  const faults = includes().flatMap(({ file, line, target }) => {
    const [from, to] = [roomOf(file, all), roomOf(target, all)];
    if (!from || !to || from === to) return [];
    const down = floorOf(from) < floorOf(to);
    // Rooms of one folder (kernel/…, formats/…) may build on each other in the order of CMakeLists.txt; processes never.
    const [folder, other] = [from.split('/')[0], to.split('/')[0]];
    const inOrder = folder === other && folder !== 'processes' && place.get(to) < place.get(from);
    return down || inOrder ? [] : [`src/${file}:${line}: ${from} includes ${to}`];
  });
  none(faults, `the floors are ${floors.map((names) => names.join(', ')).join(' > ')}`);
});

test('a room includes only rooms that it uses, itself or through others, in CMakeLists.txt', () => {
  const all = rooms();
  const uses = new Map(all.map(({ path, uses }) => [path, uses]));
  const reach = (path) => (uses.get(path) ?? []).flatMap((used) => [used, ...reach(used)]);
  const reachable = new Map(all.map(({ path }) => [path, new Set(reach(path))]));
  none(
    includes().flatMap(({ file, line, target }) => {
      const [from, to] = [roomOf(file, all), roomOf(target, all)];
      if (!from || !to || from === to || isTest(file) || reachable.get(from).has(to)) return [];
      return [`src/${file}:${line}: ${from} does not use ${to}`];
    }),
  );
});

// What must stay in one place, so that it can be looked through, replaced or repaired there. Tests of a room count as
// that room; coroutines are confined because g++ 12 miscompiles common forms of co_await.
const confined = [
  ['SQLite', /#include\s*<sqlite3/, /^src\/kernel\/storage\/sqlite/],
  ['libpq', /#include\s*<(postgresql\/)?libpq/, /^src\/kernel\/storage\/postgres/],
  ['Beast and Asio', /#include\s*<boost\/(beast|asio)/, /^src\/kernel\/http\//],
  ['coroutines', /\bco_(await|return|yield)\b/, /^src\/kernel\/http\//],
  ['libmagic', /#include\s*<magic\.h>/, /^src\/kernel\/files\//],
  ['libarchive', /#include\s*<archive/, /^src\/formats\/archive\//],
  ['libxml2', /#include\s*<libxml/, /^src\/formats\//],
  ['LEMON', /#include\s*<lemon\//, /^src\/methods\/assignment\/network\.cpp$/],
  ['toml++', /#include\s*<toml/, /^src\/governance\//],
  ['libcurl', /#include\s*<curl\//, /^src\/(kernel\/(mail|http)\/|record\/http_source)/],
  ['libsodium and OpenSSL', /#include\s*<(sodium|openssl\/)/, /^src\/kernel\/crypto\//],
  ['prometheus-cpp', /#include\s*<prometheus\//, /^src\/kernel\/metrics\//],
  ['CLI11', /#include\s*<CLI\//, /^src\/(app\/|processes\/[^/]+\/commands(_test)?\.)/],
];
for (const [what, pattern, rooms] of confined)
  test(`${what}: only in ${rooms.source.replaceAll('\\', '').slice(1)}`, () => {
    none(linesWith(pattern, code.filter((path) => !rooms.test(path))));
  });

test('SQL stands in the stores and in the kernel rooms that keep something', () => {
  const elsewhere = code.filter((path) => !isTest(path) && !/\/store[^/]*\.cpp$|^src\/kernel\/(storage|jobs|mail)\//.test(path));
  none(
    linesWith(/(["(]|^)\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH|CREATE (TABLE|INDEX)|DROP TABLE|ALTER TABLE)\s|R"sql/, elsewhere),
  );
});

test('who knows one process knows all: every process folder has the same files', () => {
  const expected = ['README.md', 'model.h', 'rules.h', 'rules.cpp', 'rules_test.cpp', 'store.h', 'store.cpp', 'pages.cpp',
    'api.cpp', 'exports.cpp', 'commands.cpp', 'jobs.cpp', 'messages/en.json', 'messages/nl.json', 'messages/de.json'];
  const inside = files('src/processes');
  const processes = new Set(inside.map((path) => path.split('/').slice(0, 3).join('/')));
  none(
    [...processes].flatMap((process) => [
      ...expected.filter((name) => !inside.includes(`${process}/${name}`)).map((name) => `${process} has no ${name}`),
      ...['acts/', 'migrations/0001_'].filter((start) => !inside.some((path) => path.startsWith(`${process}/${start}`)))
        .map((start) => `${process} has no ${start}…`),
    ]),
  );
});

test('every room has a README.md that says what it is for', () => {
  const present = new Set(files('src'));
  const inhabited = rooms().filter(({ path }) => code.some((file) => file.startsWith(`src/${path}/`)));
  none(inhabited.filter(({ path }) => !present.has(`src/${path}/README.md`)).map(({ path }) => `src/${path}`));
});

test('nothing is promised instead of done', () => {
  const promise = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X', 'HA' + 'CK'].join('|')})\\b`);
  const tracked = ['src', 'assets', 'charters', 'scripts', 'cmake', 'bench', 'tests'].flatMap(files);
  none(
    tracked.filter((path) => /\.(h|cpp|mjs|js|css|sql|toml|json|sh|md|cmake)$|^scripts\//.test(path)).flatMap((path) =>
      read(path).split('\n').flatMap((text, index) => (promise.test(text) ? [`${path}:${index + 1}: ${text.trim()}`] : [])),
    ),
  );
});

test(`the drawing in ${page} is the house as it stands`, () => {
  assert.ok(drawing().includes('-->'), 'there are arrows');
  assert.ok(redrawn(read(page)) === read(page), 'the drawing is stale: run scripts/graph');
});

test('docs/decisions/README.md names every decision, and no other', () => {
  const written = files('docs/decisions').map((path) => path.split('/').pop()).filter((name) => /^\d{4}-/.test(name));
  const named = [...read('docs/decisions/README.md').matchAll(/\]\((\d{4}-[^)]+)\)/g)].map((match) => match[1]);
  assert.deepEqual(named.sort(), written.sort());
});

test('a link in a paper leads to a file of the house', () => {
  const papers = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', ...files('docs'), ...files('src')];
  const present = (path) => existsSync(new URL(path, `file://${root}/`));
  none(
    papers.filter((path) => path.endsWith('.md')).flatMap((path) =>
      [...read(path).replace(/```[^]*?```/g, '').matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)]
        .map((match) => new URL(match[1], `file:///${path}`).pathname.slice(1))
        .filter((target) => !present(target))
        .map((target) => `${path} leads to ${target}`),
    ),
  );
});
