// Laws as parliaments publish them, drafted in a browser and read there: every article in the contents, every page whole.
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch } from './harness/browser.mjs';
import { holds } from './harness/checks.mjs';
import { program, root, run, startPolder } from './harness/polder.mjs';
import { dayFromNow, writeConsultation } from './harness/steps.mjs';

const data = join(root, '../shared/data/law');
const skip = existsSync(data) ? false : 'skipped: ../shared/data is absent';
const files = skip ? ['a law'] : ['akoma-ntoso/examples', 'uslm', 'bwb'].flatMap((folder) => readdirSync(join(data, folder)).map((name) => join(folder, name)));

let polder, browser, official;
before(async () => {
  if (skip) return;
  polder = await startPolder({ prepare: (one) => one.command('demo', '--data', one.data, '--responses', '5') });
  browser = await launch();
  official = await browser.person({ url: polder.url });
  await official.goto('/');
  await official.click('main form button[name=role][value=official]');
});
after(async () => {
  await browser?.close();
  await polder?.discard();
});

for (const file of files)
  test(`${file} becomes a draft that can be read`, { skip, timeout: 120_000 }, async () => {
    const { articles, title } = JSON.parse((await run(program, ['law', 'read', join(data, file), '--json'])).stdout);
    await official.goto('/delta/consultations/new');
    await writeConsultation(official, { first: dayFromNow(polder, 2), last: dayFromNow(polder, 40), law: join(data, file), title: `About ${file}` });
    await official.click('main form[method=post] button[type=submit]');
    await official.waitForURL(/consultations\/about-[^/]+$/);
    await official.click('main a[href$="/draft"]');
    assert.equal(await official.locator('nav[data-contents] a').count(), articles);
    assert.ok((await official.locator('h1').innerText()).length > 0 || title === '');
    // Every line of the contents leads to its article.
    const astray = await official.locator('nav[data-contents] a').evaluateAll((links) =>
      links.filter((a) => !document.getElementById(decodeURIComponent(a.hash.slice(1)))).map((a) => a.hash));
    assert.deepEqual(astray, []);
    await holds(official, `law-${file.replaceAll(/[^\w]+/g, '-')}`);
  });
