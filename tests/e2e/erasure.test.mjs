// Who has their account erased is gone: from every page, export and file, from the database to its last byte, and from the
// mails that were kept. The record still verifies, and others keep what they said.
import assert from 'node:assert/strict';
import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { Client } from './harness/client.mjs';
import { run, startPolder } from './harness/polder.mjs';
import { password } from './harness/steps.mjs';

const open = '/delta/consultations/who-may-pump-ground-water-in-a-dry-summer';
const secrets = { name: 'Quirine Zwaluwnest', email: 'quirine@zwaluw.example', words: 'nachtegaalwoorden', remark: 'leeuwerikopmerking', organisation: 'Vrienden van de Grutto' };

/** Every file below the folder that holds one of the secrets. */
async function filesWith(folder) {
  const found = [];
  for (const name of await readdir(folder, { recursive: true })) {
    const path = join(folder, name);
    if (!(await stat(path)).isFile()) continue;
    const bytes = await readFile(path);
    for (const secret of Object.values(secrets)) if (bytes.includes(secret)) found.push(`${name}: ${secret}`);
  }
  return found;
}

for (const database of ['sqlite', 'postgres']) {
  const skip = database === 'postgres' && !process.env.POLDER_TEST_POSTGRES ? 'skipped: POLDER_TEST_POSTGRES names no PostgreSQL' : false;
  test(`after erasure nothing of a person is anywhere, and the record is whole (${database})`, { skip, timeout: 120_000 }, async () => {
    const prepare = (one) => one.command('demo', '--data', one.data, ...(one.database ? ['--database', one.database.url] : []), '--responses', '20');
    const polder = await startPolder({ database, prepare });
    try {
      const [person, visitor, administrator] = [new Client(polder.url), new Client(polder.url), await new Client(polder.url).become('administrator')];
      const done = async (path, fields) => {
        const response = await person.post(path, { key: `${Math.random()}`, ...fields });
        assert.equal(response.status, 303, `${path}: ${response.status} ${(await response.text()).replace(/<[^>]*>/g, ' ').slice(0, 2000)}`);
        return response.headers.get('location');
      };
      await done('/account/sign-up', { email: secrets.email, 'full-name': secrets.name, password, language: 'nl' });
      const linkAt = async (path, link) => (await (await administrator.get(path)).text()).match(link)?.[0];
      // Written by a job, within moments; other mails may come before it.
      let confirm;
      for (const end = Date.now() + 20_000; !confirm; ) {
        assert.ok(Date.now() < end, 'no mail');
        for (const [path] of (await (await administrator.get('/server/mail')).text()).matchAll(/\/server\/mail\/[\w-]+/g))
          confirm ??= await linkAt(path, /\/account\/confirm\/[\w-]+/);
      }
      await done(confirm, {});
      const receipt = await done(`${open}/respond`, {
        'answers.0.question': '1', 'answers.0.words': secrets.words, 'remarks.0.article': 'art_5', 'remarks.0.words': secrets.remark,
        visibility: 'public-name', 'signed-as': secrets.name, 'on-behalf': secrets.organisation, step: 'send',
      });
      const count = async () => (await (await visitor.get(`/api/v1/platforms${open}`)).json()).responses;
      const pages = ['', '/responses', '/responses?article=art_5', '/responses.csv', '/responses.json', '/draft'].map((more) => `${open}${more}`)
        .concat('/delta/', '/delta/record', '/record', receipt, `/api/v1/platforms${open}/responses`, '/server/mail');
      const shown = async () => {
        const found = [];
        for (const who of [visitor, administrator, person])
          for (const path of pages) {
            const text = await (await who.get(path)).text();
            for (const secret of Object.values(secrets)) if (text.includes(secret)) found.push(`${path}: ${secret}`);
          }
        return found;
      };
      const kept = async () => (database === 'postgres' ? (await run('pg_dump', ['-d', polder.database.url], { maxBuffer: 256 << 20 })).stdout : '');
      assert.ok((await shown()).length > 10 && (await filesWith(polder.data)).length + (await kept()).length > 0, 'there was something to erase');
      const earlier = await count();

      await done('/account/erase', { current: password });

      const end = Date.now() + 20_000;
      for (let found; (found = await shown()).length > 0; ) assert.ok(Date.now() < end, found.join('\n'));
      assert.equal((await person.post('/account/sign-in', { email: secrets.email, password })).status, 422);
      assert.ok((await count()) >= earlier - 1, 'what others said is gone');
      const dump = await kept();
      for (const secret of Object.values(secrets)) assert.ok(!dump.includes(secret), `the database holds "${secret}"`);
      for (const { record } of await (await visitor.get('/api/v1/platforms')).json()) {
        const audit = await polder.command('record', 'audit', record.url, '--key', record.vkey, '--json');
        assert.equal(JSON.parse(audit.stdout).valid, true);
      }
      await polder.stop();
      assert.deepEqual(await filesWith(polder.data), []);
    } finally {
      await polder.discard();
    }
  });
}
