// A demonstration as somebody tries it: one click for each role. What its pages look like is in every_page.test.mjs.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './harness/browser.mjs';
import { startPolder } from './harness/polder.mjs';
import { press } from './harness/steps.mjs';

let polder, browser;
before(async () => {
  polder = await startPolder({ prepare: (one) => one.command('demo', '--data', one.data, '--responses', '120', '--seed', '7') });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await polder?.discard();
});

test('the start page says that only a demonstration gives roles, and gives each with one click', async () => {
  const page = await browser.person({ url: polder.url });
  await page.goto('/');
  assert.match(await page.locator('body').innerText(), /only a demo/i);
  const sees = {
    visitor: { '/account': /Sign in/, '/server': null, '/delta/consultations/new': /Sign in/ },
    citizen: { '/account': /My account/, '/server': null, '/delta/consultations/new': null },
    official: { '/account': /My account/, '/server': null, '/delta/consultations/new': /New consultation/ },
    moderator: { '/account': /My account/, '/server': null, '/delta/consultations/new': null },
    administrator: { '/account': /My account/, '/server': /This server/, '/delta/manage': /Manage/ },
  };
  for (const [role, pages] of Object.entries(sees)) {
    await page.goto('/');
    await press(page, `main form button[name=role][value=${role}]`);
    for (const [path, words] of Object.entries(pages)) {
      const response = await page.goto(path);
      if (words) assert.match(await page.locator('main').innerText(), words, `${role} at ${path}`);
      else assert.ok([403, 404].includes(response.status()), `${role} at ${path}: ${response.status()}`);
    }
  }
});
