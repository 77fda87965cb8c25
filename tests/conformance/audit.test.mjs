// The auditor that is not ours is tried on a log that is not ours.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { audit, placeOf, sourceAt } from './audit.mjs';

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
