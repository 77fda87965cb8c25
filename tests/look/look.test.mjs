// What every page relies on, tried on the sample pages: nothing for axe to find, valid HTML, no sideways scrolling,
// targets one can hit, and scripts that only add.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import test from 'node:test';
import { HtmlValidate } from 'html-validate';
import { pages, whole, withPages } from './pages.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const names = Object.keys(pages());

test('every sample is valid HTML without a style of its own', async () => {
  const check = new HtmlValidate({
    extends: ['html-validate:recommended'],
    rules: { 'long-title': 'off', 'no-trailing-whitespace': 'off', 'no-inline-style': 'error', 'require-sri': 'off', 'tel-non-breaking': 'off',
      // One button of several with a name is pressed; a scrolling frame has to be a region that is not a section;
      // a list may have a name (ARIA 1.2).
      'form-dup-name': 'off', 'prefer-native-element': ['error', { exclude: ['region'] }], 'aria-label-misuse': ['error', { allowAnyNamable: true }] },
  });
  for (const name of names) {
    const report = await check.validateString(whole(pages()[name]));
    assert.deepEqual(report.results.flatMap((r) => r.messages.map((m) => `${name} ${m.line}: ${m.ruleId} ${m.message}`)), []);
  }
});

test('in a browser', async (t) => {
  await withPages(async ({ browser, url }) => {
    for (const name of names) {
      for (const [width, colorScheme] of [[1280, 'light'], [1280, 'dark'], [320, 'light'], [320, 'dark']]) {
        await t.test(`${name}, ${width} px, ${colorScheme}: axe finds nothing and nothing scrolls sideways`, async () => {
          const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme, reducedMotion: 'reduce' });
          const faults = [];
          page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
          page.on('pageerror', (error) => faults.push(String(error)));
          await page.goto(`${url}/${name}`, { waitUntil: 'load' });
          for (const summary of await page.locator('details:not([open], .menu) > summary').all()) await summary.click();
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          assert.ok(wide <= 0, `${wide} px too wide`);
          // axe is put in by the test, past the policy, which forbids scripts from elsewhere.
          const found = await page.evaluate(`${axe}; axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`);
          assert.deepEqual(found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 120)).join(' | ')}`), []);
          assert.deepEqual(faults, [], 'the browser complains');
          await page.close();
        });
      }
    }

    await t.test('the page does not move when the fonts come', async () => {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      let release;
      const held = new Promise((go) => (release = go));
      await page.route('**/*.woff2', async (route) => {
        await held;
        await route.continue();
      });
      await page.addInitScript(() => {
        globalThis.moved = 0;
        new PerformanceObserver((list) => list.getEntries().forEach((entry) => (globalThis.moved += entry.value))).observe({ type: 'layout-shift', buffered: true });
      });
      await page.goto(`${url}/consultation`, { waitUntil: 'domcontentloaded' });
      await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length === 1);
      release();
      await page.evaluate(() => document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))));
      const moved = await page.evaluate(() => globalThis.moved);
      assert.ok(moved < 0.1, `layout moved by ${moved}`);
      await page.close();
    });

    await t.test('selected words of an article become the quotation of its form', async () => {
      const page = await browser.newPage();
      await page.goto(`${url}/draft`);
      await page.evaluate(() => {
        const text = document.querySelector('#art-4 mark').firstChild;
        getSelection().selectAllChildren(text.parentNode);
      });
      await page.waitForFunction(() => document.querySelector('form[data-quotes="art-4"] [name=quote]').value === 'seven days');
      const prefix = await page.inputValue('form[data-quotes="art-4"] [name=prefix]');
      assert.match(prefix, /at least $/);
      assert.ok(prefix.length <= 32);
      await page.close();
    });

    await t.test('the count says what is left, and what is too much', async () => {
      const page = await browser.newPage();
      await page.goto(`${url}/answer`);
      await page.fill('#q1', 'é🙂');
      assert.match(await page.textContent('#q1-count'), /^4,998 characters left/);
      await page.fill('#q1', 'x'.repeat(5003));
      assert.match(await page.textContent('#q1-count'), /^3 characters too many/);
      await page.close();
    });

    await t.test('a form is sent once, and a menu closes on Escape', async () => {
      const page = await browser.newPage();
      let sent = 0;
      await page.route('**/sent', async (route) => {
        sent += 1;
        await new Promise((wait) => setTimeout(wait, 300));
        await route.fulfill({ status: 204 });
      });
      await page.goto(`${url}/answer`);
      await page.evaluate(() => {
        const button = document.querySelector('form.form button[type=submit]');
        button.click();
        button.click();
      });
      await page.waitForTimeout(600);
      assert.equal(sent, 1);
      await page.click('.menu > summary');
      await page.keyboard.press('Escape');
      assert.equal(await page.locator('.menu[open]').count(), 0);
      await page.close();
    });

    await t.test('scripts stay under 6 kB, a text page under 160 kB cold', async () => {
      const page = await browser.newPage();
      const bytes = {};
      page.on('response', async (response) => (bytes[new URL(response.url()).pathname] = (await response.body()).length));
      await page.goto(`${url}/consultation`, { waitUntil: 'networkidle' });
      assert.ok(Object.keys(bytes).filter((path) => path.endsWith('.js')).every((path) => bytes[path] < 6000), JSON.stringify(bytes));
      const all = Object.values(bytes).reduce((a, b) => a + b);
      assert.ok(all < 160_000, JSON.stringify(bytes));
      await page.close();
    });
  });
});
