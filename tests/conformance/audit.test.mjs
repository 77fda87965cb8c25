// The auditor that is not ours is tried on a log that is not ours, and then reads the record of a running program.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { Client } from '../e2e/harness/client.mjs';
import { startPolder } from '../e2e/harness/polder.mjs';
import { audit, leafOf, placeOf, sourceAt } from './audit.mjs';
import { verifyReceipt } from './receipt.mjs';

const log = fileURLToPath(new URL('../../../shared/data/record/tessera-log', import.meta.url));
const vkey = 'example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx';
const skip = existsSync(log) ? false : 'skipped: ../shared/data is absent';

test('tiles have the addresses of tlog-tiles', () => {
  assert.equal(placeOf(5), '005');
  assert.equal(placeOf(1234067), 'x001/x234/067');
});

test('the log of Tessera is clean at each of its checkpoints', { skip }, async () => {
  for (let size = 0; size <= 15; ++size) {
    const { entries } = await audit(sourceAt(log), vkey, { size });
    assert.equal(entries.length, size);
  }
});

test('a changed entry, tile or signature is found', { skip }, async () => {
  for (const [path, says] of [['tile/entries/000.p/15', /signed root|entry|entries/], ['tile/0/000.p/15', /tile\/0/], ['checkpoint', /sign|base64|key/]]) {
    const read = async (wanted) => {
      const bytes = Buffer.from(await readFile(`${log}/${wanted}`));
      if (wanted === path) bytes[bytes.length - 4] ^= 1;
      return bytes;
    };
    await assert.rejects(audit(read, vkey), says, path);
  }
});

test('the record of a demonstration is clean over HTTP, to an auditor that is not ours', async () => {
  // More than 256 entries, so that there are full tiles, partial ones and a second level.
  const polder = await startPolder({ prepare: (one) => one.command('demo', '--data', one.data, '--responses', '300') });
  try {
    const visitor = new Client(polder.url);
    const platforms = await (await visitor.get('/api/v1/platforms')).json();
    for (const { record, slug } of platforms) {
      const { entries, checkpoint } = await audit(sourceAt(record.url), record.vkey);
      assert.ok(entries.length > 256, `${entries.length} entries`);
      const leaves = entries.map(leafOf);
      const acts = new Set(leaves.map(({ act }) => act));
      for (const act of ['draft', 'publish', 'open', 'respond', 'close', 'answer', 'report']) assert.ok(acts.has(`consultations.${act}`), act);
      assert.deepEqual(leaves.map(({ time }) => time), leaves.map(({ time }) => time).sort(), 'time runs backwards');

      // What somebody does now is in it, and their receipt opens what it says there.
      const citizen = await new Client(polder.url).become('citizen');
      const program = new Client(polder.url, { authorization: `Bearer ${await citizen.key('act', 'read')}` });
      const { consultations } = await (await program.get(`/api/v1/platforms/${slug}/consultations`)).json();
      const done = await program.json('/api/v1/acts/consultations.respond', {
        platform: slug,
        fields: {
          consultation: consultations.find(({ phase }) => phase === 'open').id,
          answers: [{ question: 1, words: 'Audited.' }],
          visibility: 'officials',
        },
      });
      assert.equal(done.status, 201);
      const { position, receipt } = await done.json();
      const file = await (await citizen.get(`${new URL(receipt.url).pathname}/file`)).text();
      const proven = verifyReceipt(file, record.vkey);
      assert.equal(proven.index, BigInt(position));
      assert.match(proven.content, /Audited\./);
      const later = await audit(sourceAt(record.url), record.vkey);
      assert.ok(later.checkpoint.size > checkpoint.size);
      assert.equal(leafOf(later.entries[position]).commitment, proven.leaf.commitment);
      assert.ok(later.entries.slice(0, entries.length).every((entry, i) => entry.equals(entries[i])), 'what was there has changed');
      assert.ok(!later.entries.some((entry) => /Audited|demo\.example/.test(entry)), 'the record says what a person wrote');
    }
  } finally {
    await polder.discard();
  }
});
