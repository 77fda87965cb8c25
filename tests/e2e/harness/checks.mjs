// What must hold on every page, whoever looks at it: WCAG findings, valid HTML, no sideways scrolling, no message left out
// of a catalogue, everything reached by keyboard. `holds` checks all but the last and takes the pictures.
import axe from 'axe-core';
import { HtmlValidate } from 'html-validate';
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sourceOf, statusOf } from './browser.mjs';
import { root } from './polder.mjs';

// Node 18 leaves out what differs when an assertion has words of its own, so the words say it themselves.
const none = (faults, what) => faults.length === 0 || assert.fail(`${what}:\n${faults.join('\n')}`);

/**
 * axe needs timers, which a browser without JavaScript does not have: there the same document is opened once more in a
 * profile with JavaScript where a policy stops the page's own scripts, so it stays as it was. Each page has one such twin.
 */
const twins = new WeakMap();
async function withTimers(page) {
  if (page.timersRun) return page;
  let twin = twins.get(page);
  if (!twin) {
    const context = await page.context().browser().newContext({
      viewport: page.viewportSize(),
      colorScheme: (await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)) ? 'dark' : 'light',
    });
    await context.addInitScript({ content: axe.source });
    twins.set(page, (twin = await context.newPage()));
    page.once('close', () => context.close().catch(() => {}));
  }
  await twin.context().addCookies(await page.context().cookies());
  await twin.setViewportSize(page.viewportSize());
  const body = (await page.content()).replace(/<(\/?)noscript\b/gi, '<$1div');
  const headers = { 'content-security-policy': "script-src 'none'" };
  await twin.unrouteAll();
  await twin.route(page.url().split('#')[0], (route) =>
    route.request().isNavigationRequest() ? route.fulfill({ contentType: 'text/html; charset=utf-8', headers, body }) : route.continue());
  await twin.goto(page.url());
  return twin;
}

/** No finding of axe-core. */
export async function axeFindsNothing(page) {
  const seen = await withTimers(page);
  // WCAG 2.2's one rule that axe leaves off by itself is asked for.
  const { violations } = await seen.evaluate(() =>
    globalThis.axe.run(document, { resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } }));
  const told = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}\n  at ${target}\n  ${failureSummary?.replaceAll('\n', '\n  ')}`));
  none(told, `axe on ${page.url()}`);
}

// The recommended rules, without those about how source looks: the builder writes it, and browsers do not mind.
const html = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    'aria-label-misuse': ['error', { allowAnyNamable: true }], // WAI-ARIA 1.2 §5.2.8.6 lets a list have a name
    'attr-quotes': 'off',
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    'doctype-style': 'off',
    'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'button', 'submit'] }], // several ticks make one list
    'long-title': 'off',
    'no-redundant-for': 'off', // a label around its control that also names it: some voice software knows only one of both
    'no-trailing-whitespace': 'off',
    'require-sri': 'off', // everything comes from the server itself
    'valid-id': ['error', { relaxed: true }], // a law's own names: HTML takes every id without white space
    'void-style': 'off',
  },
});

/** The source is valid HTML. */
export async function validHtml(page) {
  const report = await html.validateString(await sourceOf(page));
  const told = report.results.flatMap(({ messages }) => messages.map((m) => `${m.line}:${m.column} ${m.ruleId}: ${m.message}`));
  none(told, `the HTML of ${page.url()}`);
}

/** Nothing stands beyond the right edge, at this width. */
export async function noHorizontalScroll(page) {
  const beyond = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const wide = [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > width + 1);
    return wide.slice(0, 5).map((e) => `<${e.tagName.toLowerCase()} class="${e.className}"> ${e.textContent.trim().slice(0, 60)}`);
  });
  none(beyond, `${page.url()} does not fit in ${page.viewportSize().width} px`);
}

/** Every key of the catalogues, to recognise one that was shown instead of its sentence. */
const keys = readdirSync(join(root, 'src'), { recursive: true })
  .filter((path) => path.endsWith('messages/en.json'))
  .flatMap((path) => Object.keys(JSON.parse(readFileSync(join(root, 'src', path), 'utf8'))));
const rooms = [...new Set(keys.map((key) => key.split('.')[0]))];
const fileName = /\.(csv|json|ndjson|pdf|html|xml|toml|zip|tlog-proof)$/;
const rawKey = new RegExp(`(?<![\\w./@-])(${rooms.join('|')})(\\.[a-z][a-z0-9_-]*)+(?![\\w/@-])`, 'g');

/** No key instead of a sentence, no argument left open. `except` names words that a page shows on purpose (acts' names). */
export async function noMissingText(page, { except = [] } = {}) {
  const shown = await page.evaluate(() => {
    const named = [...document.querySelectorAll('[alt], [title], [aria-label], [placeholder]')].flatMap((e) =>
      ['alt', 'title', 'aria-label', 'placeholder'].map((name) => e.getAttribute(name) ?? ''));
    const texts = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode())
      if (!walker.currentNode.parentElement.closest('script, style, code, pre, textarea'))
        texts.push(walker.currentNode.data);
    return [document.title, ...texts, ...named].join('\n');
  });
  const found = [...(shown.match(rawKey) ?? []), ...(shown.match(/\{\w+(,\s*(plural|select|date|number)[^}]*)?\}/g) ?? [])];
  none(found.filter((word) => !except.includes(word) && !fileName.test(word)), `${page.url()} shows what should be sentences`);
}

/** Somebody without a mouse gets there with the Tab key, and sees where they are. */
export async function keyboardReaches(page, selector, { within = 200 } = {}) {
  await page.locator(selector).first().waitFor();
  await page.evaluate(() => document.activeElement?.blur());
  const focus = () =>
    page.evaluate((wanted) => {
      const e = document.activeElement;
      if (!e?.matches(wanted)) return null;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(e);
      const box = e.getBoundingClientRect();
      return {
        marked: (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none',
        inView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
      };
    }, selector);
  for (let steps = 0; steps < within; ++steps) {
    await page.keyboard.press('Tab');
    let at = await focus();
    if (!at) continue;
    // A page that scrolls smoothly takes a moment to get there.
    for (let tries = 0; !at?.inView && tries < 40; ++tries) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      at = await focus();
    }
    return assert.ok(at?.marked && at.inView, `the focus on ${selector} cannot be seen: ${JSON.stringify(at)}`);
  }
  assert.fail(`${selector} on ${page.url()} is not reached in ${within} steps of the Tab key`);
}

/** Whatever can be pressed or filled in can take the focus in the order of the page, and shows that it has it. */
export async function focusShows(page) {
  // A page that got there by the keyboard shows the focus that a script gives, too.
  await page.keyboard.press('Tab');
  const unseen = await page.evaluate(() => {
    const faults = [];
    const told = (e, what) => faults.push(`<${e.tagName.toLowerCase()}> "${(e.textContent || e.name || '').trim().slice(0, 60)}" ${what}`);
    const marked = (e) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(e);
      return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
    };
    for (const e of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')) {
      if (e.disabled || !e.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })) continue;
      if (e.tabIndex !== 0) told(e, `stands at ${e.tabIndex} in the order`);
      e.focus({ preventScroll: true });
      if (document.activeElement !== e) told(e, 'cannot take the focus');
      // A choice is drawn around its circle or square.
      else if (!marked(e) && !marked(e.closest('.choice') ?? e)) told(e, 'does not show the focus');
    }
    document.activeElement?.blur();
    return faults;
  });
  none(unseen, `the keyboard on ${page.url()}`);
}

/** Nothing went wrong behind the page since it was opened: scripts, missing files, the content security policy. */
export function nothingFailed(page) {
  none(page.faults, `behind ${page.url()}`);
}

/** Takes a picture, where POLDER_SHOTS names a folder. */
export async function picture(page, name) {
  const folder = process.env.POLDER_SHOTS;
  if (!folder || !name) return;
  mkdirSync(folder, { recursive: true });
  const { width } = page.viewportSize();
  const height = Math.min(16_000, await page.evaluate(() => document.documentElement.scrollHeight)); // Chromium draws no more
  await page.screenshot({ path: join(folder, `${name}-${width}.png`), fullPage: true, clip: { x: 0, y: 0, width, height } });
}

/** All that must hold on a page, at 1280 and at 320 px. `name` is the picture's; `status` what HTTP says of the page. */
export async function holds(page, name, { status = 200, ...options } = {}) {
  assert.equal(statusOf(page), status, `${page.url()} came with status ${statusOf(page)}`);
  await validHtml(page);
  await noMissingText(page, options);
  const before = page.viewportSize();
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 900 });
    await noHorizontalScroll(page);
    // What only a page without JavaScript shows is found narrow, too; the rest was looked at wide with it.
    if (page.timersRun || width === 320) await axeFindsNothing(page);
    await picture(page, name);
  }
  await page.setViewportSize(before);
  nothingFailed(page);
}

/** All that must hold of the same page in Dutch and, in the dark, in German, where there is little room. Then it is opened in English again. */
export async function holdsTranslated(page, name) {
  const { pathname } = new URL(page.url());
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 900 });
  for (const [language, colorScheme] of [['nl', 'light'], ['de', 'dark']]) {
    await page.emulateMedia({ colorScheme });
    await page.goto(`${pathname}?lang=${language}`);
    assert.equal(await page.getAttribute('html', 'lang'), language, pathname);
    await noMissingText(page);
    await noHorizontalScroll(page);
    await focusShows(page);
    await axeFindsNothing(page);
    await picture(page, name && `${name}-${language}`);
    nothingFailed(page);
  }
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize(before);
  await page.goto(`${pathname}?lang=en`);
}
