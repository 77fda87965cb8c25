// Pictures of every sample page: `node tests/look/shoot.mjs FOLDER [PAGE…]`, wide and narrow, light and dark.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pages, withPages } from './pages.mjs';

const [folder = 'build/look', ...wanted] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
await withPages(async ({ browser, url }) => {
  for (const name of wanted.length ? wanted : Object.keys(pages())) {
    for (const [kind, width, colorScheme] of [['wide', 1280, 'light'], ['narrow', 320, 'light'], ['dark', 1280, 'dark'], ['narrow-dark', 320, 'dark']]) {
      const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
      await page.goto(`${url}/${name}`, { waitUntil: 'networkidle' });
      await page.screenshot({ path: join(folder, `${name}-${kind}.png`), fullPage: true });
      await page.close();
    }
  }
});
