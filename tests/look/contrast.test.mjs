// A house style is one file of tokens; this says which pairs meet on a page and what WCAG 2.2 asks of each: 4.5:1 for
// text (1.4.3), 3:1 for lines and shapes that mean something (1.4.11).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

const css = readFileSync(new URL('../../assets/css/tokens.css', import.meta.url), 'utf8');
const block = (start) => {
  const from = css.indexOf(start);
  assert.notEqual(from, -1, start);
  const body = css.slice(css.indexOf('{', from) + 1, css.indexOf('}', from));
  return Object.fromEntries([...body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map((m) => [m[1], m[2]]));
};
const light = block(':root {');
const dark = block(':root:not([data-theme="light"]) {');
const chosen = block(':root[data-theme="dark"] {');

function luminance(hex) {
  const [r, g, b] = [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a, b) {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

const grounds = ['paper', 'surface', 'sunken'];
const text = [
  ...grounds.flatMap((ground) => ['ink', 'quiet', 'water', 'water-deep', 'grass', 'clay'].map((ink) => [ink, ground])),
  ...['water-soft', 'grass-soft', 'clay-soft', 'mark'].flatMap((ground) => [['ink', ground], ['quiet', ground], ['water', ground]]),
  ['grass', 'grass-soft'], ['clay', 'clay-soft'], ['water-deep', 'water-soft'],
  ['on-water', 'water'], ['on-water', 'water-deep'], ['on-clay', 'clay'], ['on-clay', 'clay-deep'],
  ['on-strip', 'strip'],
];
const lines = [
  ...grounds.flatMap((ground) => ['line-strong', 'water', 'grass', 'clay', 'sun-line'].map((line) => [line, ground])),
  ['line-strong', 'water-soft'], ['water', 'water-soft'], ['grass', 'grass-soft'], ['clay', 'clay-soft'],
  ['sun', 'strip'], ['sun', 'ink'], // the focus ring is sun with ink around it on light grounds …
];

for (const [name, tokens] of [['light', light], ['dark', dark]]) {
  test(`${name}: words can be read and lines can be seen`, () => {
    const weak = [];
    for (const [least, pairs] of [[4.5, text], [3, lines]]) {
      for (const [front, ground] of pairs) {
        if (name === 'dark' && ground === 'ink') continue; // … and sun alone on dark ones, below
        const ratio = contrast(tokens[front], tokens[ground]);
        if (ratio < least) weak.push(`${front} on ${ground}: ${ratio.toFixed(2)}, needs ${least}`);
      }
    }
    if (name === 'dark') for (const ground of grounds) assert.ok(contrast(tokens.sun, tokens[ground]) >= 3);
    assert.deepEqual(weak, []);
  });
}

test('dark by the system and dark by choice are the same', () => {
  assert.deepEqual(chosen, dark);
  assert.deepEqual(Object.keys(dark).sort(), Object.keys(light).sort());
});
