// Verifies a Polder receipt with nothing of Polder's: SHA-256, HMAC and Ed25519 from Node, the formats from
// c2sp.org/tlog-proof, c2sp.org/tlog-checkpoint and c2sp.org/signed-note, and RFC 9162 §2.1.3.2.
// Written from the specifications and src/record/README.md, so that the two sides can disagree.
import { createHash, createHmac, createPublicKey, verify } from 'node:crypto';

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const need = (holds, what) => {
  if (!holds) throw new Error(what);
};
/** RFC 4648 §4 in its one spelling; Buffer alone would overlook what it cannot read. */
const bytes = (base64) => {
  const decoded = Buffer.from(base64, 'base64');
  need(decoded.toString('base64') === base64, 'not base64');
  return decoded;
};

/** RFC 8410: the DER that stands before the 32 bytes of an Ed25519 public key. */
const ed25519 = Buffer.from('302a300506032b6570032100', 'hex');

function keyOf(vkey) {
  const [, name, id, rest] = vkey.match(/^([^+]+)\+([0-9a-f]{8})\+(.+)$/);
  const key = bytes(rest);
  need(key[0] === 1 && key.length === 33, 'not an Ed25519 key');
  need(sha256(name, '\n', key).toString('hex', 0, 4) === id, 'the key ID is not that of the key');
  const publicKey = createPublicKey({ key: Buffer.concat([ed25519, key.subarray(1)]), format: 'der', type: 'spki' });
  return { name, id, publicKey };
}

/** The checkpoint's origin, size and root, if the key signed them. */
export function openCheckpoint(note, vkey) {
  const { name, id, publicKey } = keyOf(vkey);
  const gap = note.lastIndexOf('\n\n');
  const text = note.slice(0, gap + 1);
  const signature = note
    .slice(gap + 2)
    .split('\n')
    .map((line) => line.match(/^\u2014 (\S+) (\S+)$/))
    .find((line) => line?.[1] === name && bytes(line[2]).toString('hex', 0, 4) === id);
  need(signature, 'not signed by this key');
  need(verify(null, Buffer.from(text), publicKey, bytes(signature[2]).subarray(4)), 'the signature is wrong');
  const [origin, size, root] = text.split('\n');
  need(origin === name, 'the checkpoint of another log');
  return { origin, size: BigInt(size), root: bytes(root) };
}

/** RFC 9162 §2.1.3.2: the root to which the hashes lead from a leaf. */
export function rootFrom(leaf, index, size, hashes) {
  let fn = BigInt(index);
  let sn = size - 1n;
  need(fn <= sn, 'the index is past the end');
  let r = leaf;
  for (const p of hashes) {
    need(sn !== 0n, 'too many hashes');
    if (fn % 2n === 1n || fn === sn) {
      r = sha256('\x01', p, r);
      while (fn % 2n === 0n && fn !== 0n) [fn, sn] = [fn / 2n, sn / 2n];
    } else {
      r = sha256('\x01', r, p);
    }
    [fn, sn] = [fn / 2n, sn / 2n];
  }
  need(sn === 0n, 'too few hashes');
  return r;
}

/** What a receipt proves, or an error that says what does not hold. */
export function verifyReceipt(receipt, vkey) {
  const gap = receipt.indexOf('\n\n');
  const [magic, extra, indexLine, ...hashes] = receipt.slice(0, gap).split('\n');
  need(magic === 'c2sp.org/tlog-proof@v1' && extra?.startsWith('extra '), 'not a receipt');
  need(/^index (0|[1-9][0-9]*)$/.test(indexLine), 'no index');
  const index = BigInt(indexLine.slice(6));

  const opening = bytes(extra.slice(6)).toString();
  const [, key, entry, content] = opening.match(/^polder-opening\/v1\nkey ([0-9a-f]{64})\n((?:.+\n){6})\n([^]*)$/) ?? [];
  need(key, 'no opening');
  const leaf = Object.fromEntries(entry.trimEnd().split('\n').slice(1).map((line) => line.split(' ')));

  const checkpoint = openCheckpoint(receipt.slice(gap + 2), vkey);
  const root = rootFrom(sha256('\x00', entry), index, checkpoint.size, hashes.map(bytes));
  need(root.equals(checkpoint.root), 'the entry is not in the signed tree');
  const commitment = createHmac('sha256', Buffer.from(key, 'hex')).update('polder-act/v1\n').update(content).digest('hex');
  need(commitment === leaf.commitment, 'the words are not those that were recorded');
  return { leaf, content, index, checkpoint };
}
