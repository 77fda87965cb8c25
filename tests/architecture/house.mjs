// The house as its files tell it: rooms and their order from CMakeLists.txt, and who includes whom from the #include
// lines of src/. The test beside this file holds the floors with it; scripts/graph draws it.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** From the roof to the ground. What shares a floor does not know each other. */
export const floors = [
  ['app'],
  ['processes'],
  ['dialogue', 'outcomes'],
  ['people'],
  ['governance'],
  ['record'],
  ['formats', 'methods'],
  ['kernel'],
];

export const floorOf = (path) => floors.findIndex((names) => names.includes(path.split('/')[0]));

export const read = (path) => readFileSync(join(root, path), 'utf8');

/** Every file below a folder, as paths from the repository's root. */
export function files(folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? files(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`]))
    .sort();
}

/** The rooms in the order of CMakeLists.txt, each {path: "kernel/base", uses: ["kernel/text", …]}. */
export function rooms() {
  const lines = read('CMakeLists.txt').replace(/#.*/g, '').matchAll(/polder_room\(\s*src\/([^\s)]+)([^)]*)\)/g);
  const found = [...lines].map(([, path, rest]) => ({
    path,
    uses: (rest.match(/USES([^]*?)(LIBS|$)/)?.[1] ?? '').split(/\s+/).filter((word) => word && !word.includes('$')),
  }));
  const byTarget = new Map(found.map(({ path }) => [path.replaceAll('/', '_'), path]));
  for (const room of found) room.uses = room.uses.map((target) => byTarget.get(target) ?? target);
  return found;
}

/** The room a file belongs to: the longest path in CMakeLists.txt that leads to it. */
export function roomOf(path, all = rooms()) {
  const leading = all.filter((room) => path.startsWith(`${room.path}/`)).sort((a, b) => b.path.length - a.path.length);
  return leading[0]?.path;
}

/** Every #include "…" of src/, as {file, line, target}, both paths from src/. */
export function includes() {
  return files('src')
    .filter((path) => /\.(h|cpp)$/.test(path))
    .flatMap((path) =>
      read(path)
        .split('\n')
        .flatMap((text, index) => {
          const target = text.match(/^\s*#\s*include\s*"([^"]+)"/)?.[1];
          return target ? [{ file: path.slice('src/'.length), line: index + 1, target }] : [];
        }),
    );
}

/** Room -> the rooms it includes, tests left out: what the program itself is made of. */
export function graph() {
  const all = rooms();
  const edges = new Map(all.map(({ path }) => [path, new Set()]));
  for (const { file, target } of includes()) {
    if (/_test\.cpp$|_fuzz\.cpp$/.test(file)) continue;
    const [from, to] = [roomOf(file, all), roomOf(target, all)];
    if (from && to && from !== to) edges.get(from).add(to);
  }
  return edges;
}

/** Leaves out an arrow where longer ways already lead: with all of them nobody could read the drawing. */
function reduced(edges) {
  const reaches = (from, to, seen = new Set()) =>
    [...(edges.get(from) ?? [])].some((next) => next === to || (!seen.has(next) && reaches(next, to, seen.add(next))));
  return new Map(
    [...edges].map(([from, targets]) => [
      from,
      [...targets].filter((to) => ![...targets].some((other) => other !== to && reaches(other, to))).sort(),
    ]),
  );
}

/** The house as a Mermaid flow chart: a box a floor, an arrow from who includes to what is included. */
export function drawing() {
  const edges = reduced(graph());
  const named = (path) => path.replaceAll('/', '_');
  const lines = ['```mermaid', 'flowchart TD'];
  for (const names of floors) {
    const here = [...edges.keys()].filter((path) => names.includes(path.split('/')[0])).sort();
    if (here.length === 0) continue;
    lines.push(`  subgraph floor_${names.join('_')}["${names.join(', ')}"]`);
    for (const path of here) lines.push(`    ${named(path)}["${path.split('/').slice(1).join('/') || path}"]`);
    lines.push('  end');
  }
  for (const from of [...edges.keys()].sort()) for (const to of edges.get(from)) lines.push(`  ${named(from)} --> ${named(to)}`);
  return [...lines, '```'].join('\n');
}

export const page = 'docs/architecture.md';
const [begin, end] = ['<!-- drawn by scripts/graph -->', '<!-- end of the drawing -->'];

/** The page with the drawing between its marks renewed. */
export function redrawn(text) {
  const [before, rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (after === undefined) throw new Error(`${page} must hold "${begin}" and "${end}"`);
  return `${before}${begin}\n${drawing()}\n${end}${after}`;
}
