// What people do in more than one story: begin a server, make a platform, get in, write a consultation, respond.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keyboardReaches } from './checks.mjs';

export const password = 'molen-dijk-gemaal-sluis';
export const admin = { name: 'Ada Beheer', email: 'ada@ministry.example' };
export const official = { name: 'Otto Ambt', email: 'otto@ministry.example' };

/** Options for startPolder whose clock the story moves: `startPolder({ ...movableClock })`, then `forward(polder, ms)`. */
export const movableClock = {
  env: { POLDER_TEST_CLOCK_FILE: 'clock' }, // below the data folder, where the program runs
};
export const second = 1000;
export const day = 24 * 3600 * second;

/** The moment by the program's clock. */
export const now = (polder) => Date.now() + (polder.shift ?? 0);

/** Moves the program's clock forward to a moment. */
export function clockTo(polder, moment) {
  polder.shift = Math.round(moment - Date.now());
  writeFileSync(join(polder.data, 'clock'), `${polder.shift}\n`);
}

/** "2026-11-22", so many days from today by the program's clock, in the platform's time zone. */
export const dayFromNow = (polder, days) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam' }).format(new Date(now(polder) + days * day));

/** The first moment of that day in Amsterdam. */
export function midnight(isoDay) {
  const guess = Date.parse(`${isoDay}T00:00:00Z`);
  const there = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Amsterdam', hour: 'numeric', hourCycle: 'h23' });
  const ahead = Number(there.format(new Date(guess)));
  return guess - ahead * 3600 * second;
}

/** Presses what a person without a mouse presses: reached with Tab, pressed with Enter. */
export async function press(page, selector) {
  await keyboardReaches(page, selector);
  await Promise.all([page.waitForEvent('framenavigated'), page.keyboard.press('Enter')]);
  await page.waitForLoadState();
}

/** Waits until a page says something, opening it again: jobs follow acts within moments. */
export async function until(page, path, says, { within = 20_000 } = {}) {
  const end = Date.now() + within;
  for (;;) {
    await page.goto(path);
    if (await says(page)) return;
    if (Date.now() > end) assert.fail(`${path} did not come to say what was waited for:\n${await page.locator('main').innerText()}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

export const fill = async (page, values) => {
  for (const [name, value] of Object.entries(values)) await page.fill(`[name="${name}"]`, value);
};

/** The fault told beside a field, or nothing. */
export const faultAt = async (page, name) => {
  const field = page.locator(`[name="${name}"]`).first();
  assert.equal(await field.getAttribute('aria-invalid'), 'true', `${name} is not marked as wrong`);
  const told = [];
  for (const id of ((await field.getAttribute('aria-describedby')) ?? '').split(' '))
    if (id.endsWith('-error')) told.push(await page.locator(`[id="${id}"]`).innerText());
  assert.equal(told.length, 1, `${name} says nothing beside it`);
  return told[0];
};

/** The address at which an empty server waits for its first administrator. */
export const setupAddress = (polder) => polder.lines.join('\n').match(/http:\/\/\S+\/setup\/\S+/)?.[0];

export async function becomeAdministrator(polder, page, { name, email } = admin) {
  await page.goto(setupAddress(polder));
  await fill(page, { name, email, password });
  await page.click('main button[type=submit]');
  await page.waitForURL('**/server');
}

/** Makes an account as anybody does: a form, a mail, a button. */
export async function signUp(mailbox, page, { name, email }) {
  await page.goto('/account/sign-up');
  await fill(page, { email, 'full-name': name, password });
  await page.click('main button[type=submit]');
  await page.waitForURL('**/account/check-your-mail');
  const mail = await mailbox.to(email, { subject: /Make your account|Maak uw account|Legen Sie Ihr Konto/ });
  await page.goto(mail.links.find((link) => link.includes('/confirm/')));
  await page.click('main button[type=submit]');
  await page.waitForURL('**/account');
}

export async function signIn(page, { email }, next) {
  await page.goto(`/account/sign-in${next ? `?next=${encodeURIComponent(next)}` : ''}`);
  await fill(page, { email, password });
  await page.click('main button[type=submit]');
  await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
}

export const lawFile = {
  name: 'harbour-act.md',
  mimeType: 'text/markdown',
  buffer: Buffer.from(`# Act on quiet harbours

We want boats and neighbours to sleep in the same town.

## Chapter 1 General

### Article 1. What the words mean

In this Act a *harbour* is water with at least three moorings, and *night* is the time from 22:00 to 7:00.

### Article 2. Quiet at night

1. Engines stand still in a harbour at night.
2. Paragraph 1 does not hold for rescue boats.

## Chapter 2 Money

### Article 3. Fees

The council sets a fee for each night:

| length of the boat | fee |
|---|---|
| up to 8 metres | 6 euros |
| longer | 11 euros |

### Article 4. Beginning

This Act begins to hold on a day that the King names.
`),
};

export const words = {
  title: 'Should engines stand still in harbours at night?',
  summary: 'Boats that run their engines at night keep neighbours awake. This draft asks for quiet from ten to seven.\n\nTell us what that means for you.',
  'can-change': 'The hours, the fee, and for whom there is an exception.',
  'cannot-change': 'Rescue boats sail whenever they must: lives come first.',
  note: '## Why\n\nSleep is **health**.\n\n- Neighbours ask for it\n- Skippers too',
  'questions.0': 'From when to when should it be quiet?',
  'questions.1': 'Who needs an exception?',
};

/** Fills in the form for a consultation; `law` and single words can be others. */
export async function writeConsultation(page, { first, last, law = lawFile, ...other }) {
  await fill(page, { ...words, ...other, 'first-day': first, 'last-day': last });
  if (law) await page.setInputFiles('[name="law"]', law);
}

/** What a challenge promises, as the act takes it: opens tomorrow, closes in twenty days; what judges read and what not. */
export const prizeStatement = (polder, more = {}) => ({
  title: 'A sensor for ten euros', summary: 'Measure nitrate in a ditch for less than ten euros.', language: 'en', kind: 'reduction-to-practice', mode: 'ranked',
  seeker: 'The water board', 'seeker-unnamed': true, problem: 'Laboratories are slow.', solution: 'A sensor that a farmer reads alone.',
  criteria: [{ words: 'Costs less than ten euros', evidence: 'A bill of materials' }],
  rubric: [{ name: 'Accuracy', weight: 3, max: 10 }, { name: 'Ease', weight: 1, max: 10 }],
  entry: [{ label: 'How it works', 'at-most': 2000, 'judges-see': true }, { label: 'Who you are', 'at-most': 500 }],
  prizes: [{ name: 'First', amount: '10000', 'given-for': 'place' }, { name: 'Second', amount: '5000', 'given-for': 'place' }],
  currency: 'EUR', rights: 'winners-only', 'rights-words': 'Winners sign an agreement.', agreement: 'You keep what you read here to yourself.',
  opens: `${dayFromNow(polder, 1)}T00:00`, closes: `${dayFromNow(polder, 20)}T00:00`, 'objection-days': 7, 'follow-up-months': 12, 'team-size': 3,
  'entries-a-team': 1, files: 2, 'file-megabytes': 1, readers: 2, rounds: 1, normalisation: 'none', ties: [{ by: 'criterion', criterion: 1 }], ...more,
});
