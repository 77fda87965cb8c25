// Reads a whole log and recomputes it with nothing of Polder's: SHA-256 and Ed25519 from Node, the addresses and bytes
// from c2sp.org/tlog-tiles and c2sp.org/tlog-checkpoint, the tree from RFC 6962 §2.1. Written from the specifications, so
// that the two sides can disagree.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { openCheckpoint } from './receipt.mjs';

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const need = (holds, what) => {
  if (!holds) throw new Error(what);
};

/** tlog-tiles: 1234067 -> "x001/x234/067". */
export function placeOf(n) {
  const groups = [];
  let digits = String(n);
  while (digits.length % 3) digits = `0${digits}`;
  for (let i = 0; i < digits.length; i += 3) groups.push(digits.slice(i, i + 3));
  return groups.map((group, i) => (i + 1 < groups.length ? `x${group}` : group)).join('/');
}

/** Where a log is read from: an address, or a folder laid out like one. */
export function sourceAt(place) {
  return async (path) => {
    if (!/^https?:/.test(place)) return readFile(`${place}/${path}`);
    const response = await fetch(`${place.replace(/\/$/, '')}/${path}`);
    need(response.status === 200, `${path}: ${response.status}`);
    const type = path === 'checkpoint' ? 'text/plain; charset=utf-8' : 'application/octet-stream';
    need(response.headers.get('content-type') === type, `${path} is ${response.headers.get('content-type')}`);
    return Buffer.from(await response.arrayBuffer());
  };
}

/** The widths of a level's tiles: 256 each, and what is left. */
const tilesOf = (hashes) => {
  const widths = Array(Math.floor(hashes / 256)).fill(256);
  return hashes % 256 ? [...widths, hashes % 256] : widths;
};
const pathOf = (kind, n, width) => `tile/${kind}/${placeOf(n)}${width === 256 ? '' : `.p/${width}`}`;

function entriesIn(bundle, width, path) {
  const entries = [];
  let at = 0;
  while (at < bundle.length) {
    need(at + 2 <= bundle.length, `${path} ends within a length`);
    const end = at + 2 + bundle.readUInt16BE(at);
    need(end <= bundle.length, `${path} ends within an entry`);
    entries.push(bundle.subarray(at + 2, end));
    at = end;
  }
  need(entries.length === width, `${path} holds ${entries.length} entries, not ${width}`);
  return entries;
}

/** RFC 6962 §2.1, over hashes of leaves. */
function rootOf(hashes) {
  if (hashes.length === 0) return sha256('');
  if (hashes.length === 1) return hashes[0];
  let split = 1;
  while (split * 2 < hashes.length) split *= 2;
  return sha256('\x01', rootOf(hashes.slice(0, split)), rootOf(hashes.slice(split)));
}

/** All entries of the log that the key signed; or an error that names the first place that is wrong. */
export async function audit(read, vkey, { size: wanted } = {}) {
  const checkpoint = openCheckpoint((await read(wanted === undefined ? 'checkpoint' : `checkpoint.${wanted}`)).toString(), vkey);
  const size = Number(checkpoint.size);
  const entries = [];
  for (const [n, width] of tilesOf(size).entries()) {
    const path = pathOf('entries', n, width);
    entries.push(...entriesIn(await read(path), width, path));
  }
  const leaves = entries.map((entry) => sha256('\x00', entry));
  need(rootOf(leaves).equals(checkpoint.root), 'the entries do not give the signed root');

  let hashes = leaves;
  for (let level = 0; hashes.length > 0; ++level) {
    const full = [];
    for (const [n, width] of tilesOf(hashes.length).entries()) {
      const path = pathOf(level, n, width);
      const of = hashes.slice(n * 256, n * 256 + width);
      need((await read(path)).equals(Buffer.concat(of)), `${path} is not made of the entries`);
      if (width === 256) full.push(rootOf(of));
    }
    hashes = full;
  }
  return { checkpoint, entries };
}

/** What Polder's record says of an act (src/record/README.md): six lines, none of them words of a person. */
export function leafOf(entry) {
  const [, act, time, subject, role, commitment] = entry.toString().match(
    /^polder-leaf\/v1\nact ([a-z0-9._-]+)\ntime (\d{4}-\d\d-\d\dT\d\d:\d\dZ)\nsubject ([a-z0-9._-]+\/[A-Za-z0-9._~-]+)\nrole ([a-z0-9._-]+)\ncommitment ([0-9a-f]{64})\n$/) ?? [];
  need(act, `not an entry of ours: ${entry}`);
  return { act, time, subject, role, commitment };
}
