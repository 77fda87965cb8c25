// The picture in the README: `node tests/look/picture.mjs` draws docs/picture.png anew from the demonstration, after
// scripts/build. Of the open consultation it takes the page itself, without the strip that only a demonstration has.
import { join } from 'node:path';
import { launch } from '../e2e/harness/browser.mjs';
import { root, startPolder } from '../e2e/harness/polder.mjs';

const polder = await startPolder({ prepare: (one) => one.command('demo', '--data', one.data, '--seed', '7') });
const browser = await launch();
try {
  const page = await browser.person({ url: polder.url, height: 1200 });
  await page.goto('/delta/consultations/who-may-pump-ground-water-in-a-dry-summer');
  await page.evaluate(() => document.fonts.ready);
  const { y } = await page.locator('.bar').boundingBox();
  await page.screenshot({ path: join(root, 'docs/picture.png'), clip: { x: 0, y, width: 1280, height: 840 } });
} finally {
  await browser.close();
  await polder.discard();
}
