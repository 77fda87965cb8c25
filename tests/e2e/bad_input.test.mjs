// What should not be sent, is: each gets a clear answer, keeps what was typed and changes nothing.
import { File } from 'node:buffer'; // no global in Node 18
import assert from 'node:assert/strict';
import { mkdtemp, open, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { launch } from './harness/browser.mjs';
import { Client, raw } from './harness/client.mjs';
import { program, root, run, startPolder } from './harness/polder.mjs';
import { fill, words } from './harness/steps.mjs';

const slug = 'who-may-pump-ground-water-in-a-dry-summer';
const respondPath = `/delta/consultations/${slug}/respond`;
const demo = (one) => one.command('demo', '--data', one.data, ...(one.database ? ['--database', one.database.url] : []), '--responses', '30');
const megabyte = 1 << 20;
const akn = (body, head = '<?xml version="1.0"?>') =>
  `${head}<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act name="act"><body>${body}</body></act></akomaNtoso>`;
const article = '<article eId="art_1"><num>1</num><content><p>Words.</p></content></article>';
const laughs = `<?xml version="1.0"?><!DOCTYPE lol [<!ENTITY a "ha">${'bcdefghij'
  .split('')
  .map((name, i) => `<!ENTITY ${name} "${`&${'abcdefghi'[i]};`.repeat(10)}">`)
  .join('')}]>`;

/** Laws that are none: what is wrong, the file, and what the answer says of it. */
const laws = {
  'that is cut off': [akn(article).slice(0, -60), /ends|end|cut|broken|XML/i],
  'nested too deep': [akn(`${'<section><content>'.repeat(5000)}x${'</content></section>'.repeat(5000)}`), /64/],
  'with an external entity': [akn('<article><content><p>&x;</p></content></article>', '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), /DOCTYPE|DTD|type/i],
  'with a billion laughs': [akn('<article><content><p>&j;</p></content></article>', laughs), /DOCTYPE|DTD|type/i],
  'in no encoding': [Buffer.from([0x3c, 0x61, 0xff, 0xfe, 0x00, 0x80, 0x3e]), /./],
  'that is a picture': [Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), /./],
  'that is empty': ['', /./],
};

let polder, browser;
before(async () => {
  polder = await startPolder({ prepare: demo });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await polder?.discard();
});
const as = (role) => new Client(polder.url).become(role);
const textOf = async (response) => (await response.text()).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

/** Nothing of what everybody and the officials can read has changed after this. */
async function changesNothing(what) {
  const official = await as('official');
  const state = async () => {
    const list = await (await official.get('/api/v1/platforms/delta/consultations')).json();
    const [, size] = (await (await official.get('/delta/record')).text()).match(/<dd>([\d,]+)<\/dd>/);
    return { list, size };
  };
  const earlier = await state();
  await what(official);
  assert.deepEqual(await state(), earlier);
}

const draft = (law, other = {}) => ({
  ...words, language: 'en', 'first-day': '2030-01-01', 'last-day': '2030-03-01', law, key: `${Math.random()}`, ...other,
});

describe('a law file', () => {
  for (const [what, [bytes, says]] of Object.entries(laws))
    test(`${what} is refused beside its field, and what was typed stays`, () =>
      changesNothing(async (official) => {
        const response = await official.post('/delta/consultations/new', draft(new File([bytes], 'law.xml')));
        assert.equal(response.status, 422);
        const page = await response.text();
        const [, fault] = page.match(/id="f-law-error">(.*?)<\/p>/) ?? assert.fail('nothing is said beside the law');
        assert.match(fault, says);
        for (const value of [words.title, words['can-change'], words['questions.1'], '2030-03-01']) assert.ok(page.includes(value), value);
        assert.ok(!page.includes('root:x:'), 'a file of this machine is shown');
      }));

  test('of 200 MB is not even taken', () =>
    changesNothing(async (official) => {
      const cookie = [...official.cookies].map((pair) => pair.join('=')).join('; ');
      const head = (more) => `POST /delta/consultations/new HTTP/1.1\r\nHost: ${new URL(polder.url).host}\r\nOrigin: ${polder.url}\r\nCookie: ${cookie}\r\n`
        + `Content-Type: multipart/form-data; boundary=b\r\n${more}\r\n\r\n`;
      assert.match(await raw(polder.url, head(`Content-Length: ${200 * megabyte}`)), /^HTTP\/1\.1 413 /);
      // Above what a law may have, and below what a form may bring: the field says it.
      const response = await official.post('/delta/consultations/new', draft(new File([Buffer.alloc(20_000_001, 'a')], 'law.md')));
      assert.ok([413, 422].includes(response.status), `${response.status}`);
    }));

  test('is refused by the command line too, with a sentence and a status', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'polder-laws-'));
    try {
      const path = join(folder, 'law.xml');
      const refused = (status) => (fault) => {
        assert.ok(status.includes(fault.code), `status ${fault.code}: ${fault.stderr}`);
        assert.match(fault.stderr, /^polder: \S.{15,}\.\n/);
        assert.equal(fault.stdout, '');
        return true;
      };
      for (const [bytes] of Object.values(laws)) {
        await writeFile(path, bytes);
        for (const command of [['law', 'read', path, '--json'], ['consultations', 'import-law', path]]) await assert.rejects(run(program, command), refused([1]));
      }
      const huge = await open(path, 'w');
      await huge.truncate(200 * megabyte);
      await huge.close();
      for (const command of [['law', 'read', path], ['consultations', 'import-law', path]]) await assert.rejects(run(program, command), refused([1, 6]));
      await assert.rejects(run(program, ['law', 'read', join(folder, 'nowhere.xml')]), refused([4]));
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('a CSV file of responses', () => {
  let data;
  before(async () => {
    data = await mkdtemp(join(tmpdir(), 'polder-csv-'));
    await run(program, ['demo', '--data', data, '--responses', '5']);
  });
  after(() => rm(data, { recursive: true }));
  const bring = async (csv, columns = 'words=text') => {
    const path = join(data, 'responses.csv');
    await writeFile(path, csv);
    const args = ['consultations', 'import-responses', path, '--data', data, '--platform', 'delta', '--consultation', slug, '--columns', columns];
    return run(program, args).catch((fault) => fault);
  };
  const counts = /(\d+) read: (\d+) imported, (\d+) there already, (\d+) refused/;

  test('with rows at fault brings in the others, once, and names each that it refuses', async () => {
    const csv = `id;text\r\n1;"Good; with a semicolon"\r\n2;${'x'.repeat(50_000)}\r\n3;\r\n4;<b>Bold</b> & <script>alert(1)</script>plain\r\n5;Reordered \u202e txet\r\n`;
    const first = await bring(csv, 'id=id,words=text');
    assert.deepEqual(first.stdout.match(counts).slice(1), ['5', '2', '0', '3']);
    for (const row of [3, 4, 6]) assert.match(first.stderr, new RegExp(`Row ${row} `), `row ${row} is not named`);
    const again = await bring(csv, 'id=id,words=text');
    assert.deepEqual(again.stdout.match(counts).slice(1), ['5', '0', '2', '3']);
  });

  for (const [what, csv, columns, says] of [
    ['a missing column', 'id,words\n1,Hello\n', 'words=text', /no column .text./],
    ['broken quotes', 'text\n"Hello\nand no end', 'words=text', /quot/i],
    ['the wrong encoding', Buffer.from('text\ncaf\xe9\n', 'latin1'), 'words=text', /UTF-8|encod/i],
    ['nothing in it', '', 'words=text', /nothing/i],
  ])
    test(`with ${what} is refused`, async () => {
      const result = await bring(csv, columns);
      assert.ok(result.code > 0, result.stdout);
      assert.match(result.stderr, says);
      assert.equal(Number(result.stdout?.match(counts)?.[2] ?? 0), 0);
    });
});

describe('a form', () => {
  const response = (other = {}) => ({
    'answers.0.question': '1', 'answers.0.words': 'Once.', visibility: 'officials', step: 'send', key: `k${Math.random()}`, ...other,
  });
  const count = async () => (await (await new Client(polder.url).get(`/api/v1/platforms/delta/consultations/${slug}`)).json()).responses;

  test('sent twice is done once, and both get the same receipt', async () => {
    const citizen = await as('citizen');
    const earlier = await count();
    const fields = response();
    const both = await Promise.all([citizen.post(respondPath, fields), citizen.post(respondPath, fields)]);
    assert.deepEqual(both.map(({ status }) => status), [303, 303]);
    assert.equal(both[0].headers.get('location'), both[1].headers.get('location'));
    assert.match(both[0].headers.get('location'), /\/receipts\//);
    assert.equal(await count(), earlier + 1);
  });

  test('from another site is refused, whatever it says of itself', () =>
    changesNothing(async () => {
      const citizen = await as('citizen');
      for (const headers of [
        { origin: 'https://evil.example' },
        { origin: 'null' },
        { origin: `${polder.url}.evil.example` },
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
      ]) {
        const refused = await citizen.post(respondPath, response(), headers);
        assert.equal(refused.status, 403, JSON.stringify(headers));
        assert.equal(refused.headers.get('access-control-allow-origin'), null);
      }
      // A browser so old that it says nothing of where a form stands, with a cookie.
      const cookie = [...citizen.cookies].map((pair) => pair.join('=')).join('; ');
      const body = String(new URLSearchParams(response()));
      const answer = await raw(polder.url, `POST ${respondPath} HTTP/1.1\r\nHost: ${new URL(polder.url).host}\r\nCookie: ${cookie}\r\nConnection: close\r\n`
        + `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
      assert.match(answer, /^HTTP\/1\.1 403 /);
    }));

  test('with a body of 1 GB is cut off, and the memory stays where it was', () =>
    changesNothing(async () => {
      const host = new URL(polder.url).host;
      const resident = async () => Number((await readFile(`/proc/${polder.child.pid}/status`, 'utf8')).match(/VmRSS:\s+(\d+)/)[1]) * 1024;
      const earlier = await resident();
      const head = `POST ${respondPath} HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${polder.url}\r\nContent-Type: application/x-www-form-urlencoded\r\n`;
      assert.match(await raw(polder.url, `${head}Content-Length: ${1 << 30}\r\n\r\n`), /^HTTP\/1\.1 413 /);
      const chunk = `${megabyte.toString(16)}\r\n${'a'.repeat(megabyte)}\r\n`;
      assert.match(await raw(polder.url, `${head}Transfer-Encoding: chunked\r\n\r\n`, ...Array(64).fill(chunk)), /^(HTTP\/1\.1 413 |$)/);
      assert.ok((await resident()) < earlier + 64 * megabyte, `${earlier} bytes, now ${await resident()}`);
    }));

  test('with a forged Host reaches no mail and no other address', async () => {
    const host = new URL(polder.url).host;
    for (const head of [`Host: ${host}\r\nHost: evil.example`, 'X: no host', 'Host: evil.example/x', 'Host: '])
      assert.match(await raw(polder.url, `GET / HTTP/1.1\r\n${head}\r\n\r\n`), /^HTTP\/1\.1 400 /, head);
    const strict = await startPolder({ args: ['--base-url', 'https://polder.example'], smtp: true });
    try {
      const ask = (name, more = '') => raw(strict.url, `GET / HTTP/1.1\r\nHost: ${name}\r\n${more}Connection: close\r\n\r\n`);
      assert.match(await ask('polder.example'), /^HTTP\/1\.1 200 /);
      assert.match(await ask('evil.example'), /^HTTP\/1\.1 421 /);
      assert.match(await ask('evil.example', 'X-Forwarded-Host: polder.example\r\n'), /^HTTP\/1\.1 421 /);
      const body = String(new URLSearchParams({ email: 'ada@example.org', 'full-name': 'Ada', password: 'molen-dijk-gemaal-sluis', language: 'en' }));
      await raw(strict.url, `POST /account/sign-up HTTP/1.1\r\nHost: polder.example\r\nX-Forwarded-Host: evil.example\r\nConnection: close\r\n`
        + `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
      const mail = await strict.mailbox.to('ada@example.org');
      assert.ok(mail.links.length > 0 && mail.links.every((link) => link.startsWith('https://polder.example/')), `${mail.links}`);
    } finally {
      await strict.discard();
    }
  });

  test('with an answer of 50,000 characters is told so, and gives all of them back', () =>
    changesNothing(async () => {
      const citizen = await as('citizen');
      const long = 'Long words. '.repeat(4167).slice(0, 50_000);
      const refused = await citizen.post(respondPath, response({ 'answers.0.words': long }));
      assert.equal(refused.status, 422);
      const page = await refused.text();
      assert.match(page, /id="f-answers-0-words-error"/);
      assert.ok(page.includes(long), 'what was typed is lost');
    }));

  test('with words that would show themselves in another order is refused where it was typed', () =>
    changesNothing(async () => {
      const citizen = await as('citizen');
      for (const name of ['answers.0.words', 'signed-as']) {
        const refused = await citizen.post(respondPath, response({ visibility: 'public-name', 'signed-as': 'Ada', [name]: 'We agree \u202eton od eW' }));
        assert.equal(refused.status, 422, name);
        assert.match(await refused.text(), new RegExp(`id="f-${name.replaceAll('.', '-')}-error"`), name);
      }
    }));

  test('with bytes that are no text, or fields that nobody asked for, is refused', () =>
    changesNothing(async () => {
      const citizen = await as('citizen');
      const send = (body, type = 'application/x-www-form-urlencoded') => citizen.send('POST', respondPath, { body, headers: { 'content-type': type } });
      for (const body of ['answers.0.words=%ff%fe&visibility=officials&step=send', 'answers.0.words=%00&visibility=officials&step=send',
        'visibility=everybody&step=send', 'answers.9999999999.words=x&visibility=officials&step=send', 'phase=answered&visibility=officials&answers.0.question=1&answers.0.words=x&step=send'])
        assert.ok([400, 422].includes((await send(body)).status), body);
      assert.ok([400, 415, 422].includes((await send('{}', 'text/plain')).status));
      assert.ok([400, 422].includes((await send('--b\r\n', 'multipart/form-data; boundary=b')).status));
    }));
});

test('script in an answer is words like all others, on every page and in every file', async () => {
  const attack = '<script>document.title="owned"</script><img src=x onerror="document.title=\'owned\'">"\'`{{7*7}}</textarea>';
  const page = await browser.person({ url: polder.url });
  await page.goto('/');
  await page.click('main form button[name=role][value=citizen]');
  await page.goto(respondPath);
  await fill(page, { 'answers.0.words': attack, 'signed-as': '<b>Ada</b>' });
  await page.check('[name=visibility][value=public-name]');
  const nothingRan = async () => {
    assert.notEqual(await page.title(), 'owned');
    assert.ok((await page.locator('main').innerText()).includes(attack), `${page.url()} does not show the words`);
    assert.equal(await page.locator('main img, main b:text-is("Ada")').count(), 0);
  };
  await page.click('main button[value=check]');
  await nothingRan();
  await page.click('main button[value=change]');
  assert.equal(await page.inputValue('[name="answers.0.words"]'), attack);
  await page.click('main button[value=check]');
  await page.click('main button[value=send]');
  await page.waitForURL('**/receipts/*');
  for (const path of [`/delta/consultations/${slug}`, `/delta/consultations/${slug}/responses`]) {
    const response = await page.goto(path);
    await nothingRan();
    assert.match(response.headers()['content-security-policy'], /script-src 'self'|default-src 'self'/);
  }
  assert.deepEqual(page.faults, []);
  const csv = await (await page.request.get(`/delta/consultations/${slug}/responses.csv`)).text();
  assert.ok(csv.includes(attack.replaceAll('"', '""')));
});

test('what is not there is not there, in the same words for everybody', async () => {
  for (const role of ['visitor', 'citizen', 'official', 'administrator']) {
    const person = role === 'visitor' ? new Client(polder.url) : await as(role);
    for (const path of ['/nowhere', '/nowhere/', '/nowhere/consultations', '/delta/nowhere', '/delta/consultations/nowhere', '/delta/consultations/nowhere/respond',
      '/delta/receipts/0000000000000', '/delta/record/tile/0/999', '/assets/nowhere.js', '/delta/consultations/%2e%2e%2fsecret', '/%00', `/${'a'.repeat(3000)}`]) {
      const response = await person.get(path);
      assert.ok([400, 404, 414].includes(response.status), `${role} ${path.slice(0, 60)}: ${response.status}`);
      assert.doesNotMatch(await textOf(response), /exception|SQL|stack|\.cpp/i);
    }
    for (const path of ['/api/v1/platforms/nowhere/consultations', '/api/v1/nowhere']) {
      const response = await person.get(path);
      assert.equal(response.status, 404);
      assert.ok((await response.json()).error.message);
    }
  }
});

test('a charter with an unknown act, role or date names the line and what would be right', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'polder-charter-'));
  try {
    const good = await readFile(join(root, 'charters/legislation.toml'), 'utf8');
    const path = join(folder, 'charter.toml');
    const lineOf = (text, part) => text.slice(0, text.indexOf(part)).split('\n').length;
    await writeFile(path, good);
    await run(program, ['charter', 'check', path]);
    for (const [from, to, says] of [
      ['act = "consultations.respond"', 'act = "consultations.respnd"', /consultations\.respond/],
      ['who = ["visitor", "citizen"]', 'who = ["visitor", "citizn"]', /citizen/],
      ['minimum_weeks = 4', 'minimum_weeks = 2026-13-45', /./],
      ['phase = ["open"]', 'phase = ["opened"]', /open/],
      ['\n[platform]\n', '\n[platform\n', /./],
    ]) {
      const bad = good.replace(from, to);
      assert.notEqual(bad, good);
      await writeFile(path, bad);
      const fault = await run(program, ['charter', 'check', path]).then(() => assert.fail(`${to} passes`), (error) => error);
      assert.equal(fault.code, 1);
      assert.match(fault.stderr, new RegExp(`charter\\.toml:${lineOf(bad, to.trimEnd()) + (to.startsWith('\n') ? 1 : 0)}(:|\\b)`), `${to}\n${fault.stderr}`);
      assert.match(fault.stderr, says);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});

describe('a database', () => {
  const refusal = async (args, { status, says }) => {
    const fault = await run(program, ['serve', '--listen', '127.0.0.1:0', ...args], { timeout: 20_000 }).then(() => assert.fail('it starts'), (error) => error);
    assert.equal(fault.code, status, fault.stderr);
    assert.match(fault.stderr, says);
  };

  test('that another program works with is left alone', async () => {
    await refusal(['--data', polder.data], { status: 5, says: /polder: .*(another|already)/i });
    assert.equal((await new Client(polder.url).get('/')).status, 200);
  });

  test('that is no database, or nowhere, is told', async () => {
    const data = await mkdtemp(join(tmpdir(), 'polder-broken-'));
    try {
      await writeFile(join(data, 'polder.db'), 'This is a letter and not a database. '.repeat(200));
      await refusal(['--data', data], { status: 7, says: /^polder: [A-Z]/m });
      await refusal(['--data', data, '--database', `sqlite:${data}/nowhere/polder.db`], { status: 7, says: /^polder: [A-Z]/m });
      await refusal(['--data', data, '--database', 'postgresql://nobody@127.0.0.1:1/nowhere?connect_timeout=2'], { status: 7, says: /^polder: [A-Z]/m });
      await refusal(['--data', data, '--database', 'mysql://x'], { status: 1, says: /^polder: [A-Z]/m });
    } finally {
      await rm(data, { recursive: true });
    }
  });

  const skip = process.env.POLDER_TEST_POSTGRES ? false : 'skipped: POLDER_TEST_POSTGRES names no PostgreSQL';
  test('that is newer than the program is not touched', { skip }, async () => {
    const other = await startPolder({ database: 'postgres', prepare: demo });
    try {
      await other.stop();
      const sql = (statement) => run('psql', ['-X', '-q', '-t', '-v', 'ON_ERROR_STOP=1', '-d', other.database.url, '-c', statement]);
      await sql(`INSERT INTO migrations SELECT room, number + 1, 'of tomorrow', sha256, applied_at FROM migrations WHERE room = 'processes/consultations' ORDER BY number DESC LIMIT 1`);
      const tables = (await sql('SELECT count(*) FROM acts')).stdout;
      await refusal(['--data', other.data, '--database', other.database.url], { status: 5, says: /newer/i });
      assert.equal((await sql('SELECT count(*) FROM acts')).stdout, tables);
    } finally {
      await other.discard();
    }
  });

  test('that goes away is said calmly, and its return needs nobody', { skip }, async () => {
    const other = await startPolder({ database: 'postgres', prepare: demo });
    try {
      const [, name] = other.database.url.match(/\/(polder_\w+)/);
      const admin = (statement) => run('psql', ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', process.env.POLDER_TEST_POSTGRES, '-c', statement]);
      const person = new Client(other.url);
      const citizen = await new Client(other.url).become('citizen');
      await admin(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
      await admin(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`);
      for (const path of [`/delta/consultations/${slug}/responses?before=zzzzzzzzzzzzz`, `/api/v1/platforms/delta/consultations`]) {
        const response = await person.get(path);
        assert.equal(response.status, 503, path);
        assert.ok(Number(response.headers.get('retry-after')) > 0, path);
        assert.doesNotMatch(await textOf(response), /postgres|FATAL|connection/i);
      }
      assert.equal((await citizen.post(respondPath, { 'answers.0.words': 'x', visibility: 'officials', step: 'send' })).status, 503);
      await admin(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
      const end = Date.now() + 20_000;
      while ((await person.get('/api/v1/platforms/delta/consultations')).status !== 200) assert.ok(Date.now() < end, 'it does not come back');
      assert.equal((await citizen.get('/account')).status, 200);
    } finally {
      await other.discard();
    }
  });

  test('whose disk is full says so, loses nothing that it acknowledged, and goes on when there is room', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'polder-small-'));
    const mounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'none', folder]).then(() => true, () => false);
    if (!mounted) return t.skip('skipped: no small disk can be mounted here');
    const url = `sqlite:${folder}/polder.db`;
    let other;
    try {
      other = await startPolder({
        args: ['--database', url],
        prepare: (one) => one.command('demo', '--data', one.data, '--database', url, '--responses', '30'),
      });
      const filler = join(folder, 'filler');
      const file = await open(filler, 'w');
      for (let n = 0; n < 32; ++n) if (await file.write(Buffer.alloc(megabyte / 2)).then(() => false, () => true)) break;
      await file.close();
      await truncate(filler, (await stat(filler)).size - megabyte);

      const citizen = await new Client(other.url).become('citizen');
      const count = async () => (await (await citizen.get(`/api/v1/platforms/delta/consultations/${slug}`)).json()).responses;
      const respond = () => citizen.post(respondPath, {
        'answers.0.question': '1', 'answers.0.words': 'Words. '.repeat(2_800), visibility: 'officials', step: 'send', key: `k${Math.random()}`,
      });
      const earlier = await count();
      let done = 0;
      let response = await respond();
      for (; response.status === 303 && done < 500; response = await respond()) ++done;
      assert.equal(response.status, 503);
      assert.ok(Number(response.headers.get('retry-after')) > 0);
      assert.doesNotMatch(await textOf(response), /sqlite|disk I\/O|\.cpp/i);
      assert.equal(await count(), earlier + done, 'what was acknowledged is there, and nothing else');
      await rm(filler);
      assert.equal((await respond()).status, 303);
      await other.kill();
      await other.start();
      assert.equal(await count(), earlier + done + 1);
    } finally {
      await other?.discard();
      await run('umount', [folder]);
      await rm(folder, { recursive: true });
    }
  });
});
