// A demonstration as somebody tries it: one click for each role, and every page that each role is led to, in three
// languages. Of pages that differ only in what they are about, one is looked at.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './harness/browser.mjs';
import { holds } from './harness/checks.mjs';
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

const file = /\.(csv|json|xml|toml|tlog-proof|txt)$|\/(file|key|checkpoint|charter|draft-source|copy\/file)$/;
/** What a page is an example of: ids and names of articles make no other page, nor do the words one looks for. */
const kindOf = (url) =>
  url.pathname.replace(/\/[0-9a-z]{13}(?=\/|$)/g, '/ID').replace(/\/consultations\/(?!new(\/|$))[^/]+/, `/consultations/SLUG`) +
  [...url.searchParams.keys()].filter((name) => name !== 'next' && name !== 'lang').sort().map((name) => `?${name}`).join('');

/**
 * Every page that links lead to from the start, one of each kind; `seen` is shared, so that each is looked at once. All
 * faults are told together: who mends one page wants to know of the others.
 */
async function walk(page, name, seen, kindHere = (kind) => kind) {
  const faults = [];
  const ahead = ['/'];
  const here = new Set();
  for (let path; (path = ahead.shift()); ) {
    const url = new URL(path, polder.url);
    const response = await page.goto(url.pathname + url.search);
    assert.equal(response.status(), 200, `${name} is led to ${path}`);
    const kind = kindHere(kindOf(url), await page.locator('.phases [aria-current], .phases .done').count());
    if (!seen.has(kind)) {
      seen.add(kind);
      await holds(page, `demo-${name}${kind.replaceAll(/[^\w-]+/g, '-')}`).catch((fault) => faults.push(fault.message));
      page.faults.length = 0;
    }
    const links = await page.locator('a[href]').evaluateAll((all) => all.map((a) => a.href));
    for (const href of links) {
      const next = new URL(href);
      next.hash = '';
      const known = `${kindOf(next)} ${/consultations\/[^/]+$/.test(next.pathname) ? next.pathname : ''}`;
      if (next.origin !== polder.url || file.test(next.pathname) || next.searchParams.has('lang') || here.has(known)) continue;
      here.add(known);
      ahead.push(next.pathname + next.search);
    }
  }
  assert.equal(faults.length, 0, faults.join('\n\n'));
  return here.size;
}

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

for (const language of ['en', 'nl', 'de'])
  test(`every page that a role is led to holds, in ${language}`, { timeout: 900_000 }, async (t) => {
    const seen = new Set();
    const faults = [];
    for (const role of ['visitor', 'citizen', 'official', 'moderator', 'administrator']) {
      const page = await browser.person({ url: polder.url, language });
      await page.goto('/');
      await page.locator(`main form button[name=role][value=${role}]`).click();
      await page.waitForLoadState();
      assert.equal(await page.getAttribute('html', 'lang'), language);
      const before = seen.size;
      // A consultation has another face in each of its phases.
      const pages = await walk(page, `${language}-${role}`, seen, (kind, phase) => (kind.endsWith('/SLUG') ? `${kind}-${phase}` : kind)).catch(
        (fault) => faults.push(fault.message));
      t.diagnostic(`${role}: ${pages} pages, of ${seen.size - before} new kinds`);
      await page.context().close();
    }
    assert.equal(faults.length, 0, faults.join('\n\n'));
    assert.ok(seen.size > 25, `only ${seen.size} kinds of pages`);
  });

test('the demonstration in the dark', { timeout: 300_000 }, async () => {
  const page = await browser.person({ url: polder.url, dark: true });
  await walk(page, 'dark', new Set());
});
