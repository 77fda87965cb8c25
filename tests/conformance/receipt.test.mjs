// A receipt that src/record made, read by code that shares nothing with it. The C++ test Receipt.KeptSinceTheFirst…
// holds that the program still makes these very bytes.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { verifyReceipt } from './receipt.mjs';

const read = (name) => readFileSync(new URL(`./receipt/${name}`, import.meta.url), 'utf8');
const receipt = read('trees.tlog-proof');
const vkey = read('vkey').trim();

test('a receipt says what was recorded, to a program that is not ours', () => {
  const { leaf, content, index, checkpoint } = verifyReceipt(receipt, vkey);
  assert.equal(content, '{"words":"Meer bomen, alstublieft. Más árboles."}');
  assert.equal(index, 200n);
  assert.equal(leaf.act, 'consultations.respond');
  assert.equal(leaf.time, '2026-11-22T18:04Z');
  assert.equal(leaf.subject, 'consultation/clean-water');
  assert.equal(leaf.role, 'citizen');
  assert.deepEqual([checkpoint.origin, checkpoint.size], ['example.org/water', 300n]);
});

test('with any character changed it says nothing', () => {
  const swapped = (c) => (c === 'A' ? 'B' : 'A');
  for (let at = 0; at < receipt.length; ++at) {
    if (!/[0-9A-Za-z]/.test(receipt[at])) continue;
    const bent = receipt.slice(0, at) + swapped(receipt[at]) + receipt.slice(at + 1);
    assert.throws(() => verifyReceipt(bent, vkey), `character ${at}`);
  }
});
