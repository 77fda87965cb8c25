// Every page there is, as each role sees it: in three languages, wide and narrow, light and dark, with JavaScript and
// without. The table names the pages; a link on one of them to a kind of page that the table has not fails the test, so
// nobody can forget one. What people do on these pages is told in path.test.mjs.
import { File } from 'node:buffer'; // no global in Node 18
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { launch, statusOf } from './harness/browser.mjs';
import * as checks from './harness/checks.mjs';
import { Client } from './harness/client.mjs';
import { program, startPolder } from './harness/polder.mjs';
import { dayFromNow, lawFile, password, prizeStatement, setupAddress, words } from './harness/steps.mjs';

// Together they show each page light and dark, with JavaScript and without, at both widths; Dutch and German, whose words
// are longer, where there is little room. axe-core takes longer than all the rest: it looks at each page wide in English,
// and narrow in Dutch or German, in turns. HTML is the same in each.
const always = () => true;
const ways = {
  en: [{ width: 1280, axe: always, html: true }, { width: 320, dark: true, javascript: false }],
  nl: [{ width: 320, axe: (turn) => turn % 2 === 0 }],
  de: [{ width: 320, dark: true, axe: (turn) => turn % 2 === 1 }],
};

const open = '/delta/consultations/who-may-pump-ground-water-in-a-dry-summer';
const announced = '/delta/consultations/wie-haalt-de-regen-van-het-riool';
const answered = '/delta/consultations/wie-viel-platz-braucht-ein-bach';
// Three prizes of the closed platform: entered now, judged now, and finished.
const leaks = '/prizes/challenges/lekken-horen-onder-een-stille-straat';
const heat = '/prizes/challenges/kuhle-klassenzimmer-ohne-klimaanlage';
const als = '/prizes/challenges/a-marker-for-the-course-of-als';
const forbidden = (path) => ({ path, status: 403 });
const missing = (path) => ({ path, status: 404 });
/** What comes back when a form is sent with nothing filled in: it says what is missing, and where. */
const sent = (path, button = 'main form[method=post] button[type=submit]') => ({ path, button, status: 422 });

/** Who sees which pages, on which of three servers. `at` holds the addresses that are others each time. */
const table = (at) => [
  { who: 'nobody', on: 'empty', pages: ['/', at.setup, sent(at.setup)] },
  {
    who: 'visitor', on: 'fresh',
    pages: ['/', '/harbour/', '/harbour/consultations', '/harbour/how-we-work', '/harbour/algorithms', '/harbour/record', '/harbour/moderation/log'],
  },
  {
    who: 'newcomer', on: 'fresh', enter: signIn,
    pages: ['/server', '/server/mail', '/record', '/harbour/manage', '/account', '/account/password', '/account/erase', sent('/account/erase')],
  },
  {
    who: 'visitor', on: 'demo',
    pages: [
      '/', '/delta/', '/delta/consultations', open, `${open}/draft`, `${open}/note`, `${open}/responses`, `${open}/responses?question=1`,
      `${open}/responses?article=art_5`, `${open}/responses?question=1&before=${at.response}`, `${open}/responses?before=${at.response}`,
      `${open}/responses/${at.response}`, `${open}/respond`, `${open}/respond?article=art_5`, sent(`${open}/respond`, 'main button[value=check]'),
      announced, `${announced}/draft`, forbidden(`${announced}/respond`), answered, `${answered}/report`, `${answered}/responses`,
      forbidden(`${answered}/respond`), '/delta/how-we-work', '/delta/algorithms', '/delta/record', '/delta/record?before=20', '/delta/terms', '/delta/accessibility',
      '/delta/moderation/log', `/delta/moderation/response/${at.response}/report`, sent(`/delta/moderation/response/${at.response}/report`),
      '/delta/check-your-mail', at.confirmResponse, '/account/sign-in', sent('/account/sign-in'), '/account/sign-up', sent('/account/sign-up'),
      '/account/reset', sent('/account/reset'), '/account/check-your-mail', at.confirmAccount, at.newPassword, missing('/nowhere'),
      missing('/delta/nowhere'), missing('/delta/consultations/nowhere'), missing('/delta/receipts/0000000000000'),
      missing(`${open}/responses/${at.hidden}`), missing('/account/confirm/nothing'), { path: '/demo/role', status: 405 },
      '/prizes/', missing('/prizes/challenges'), missing(leaks), missing(`${als}/report`),
    ],
  },
  {
    who: 'citizen', on: 'demo',
    pages: [
      at.receipt, `${open}/responses/${at.own}`, `${open}/respond`, '/account', '/account/password', '/account/email', '/account/sessions', '/account/organisations',
      sent('/account/organisations'), at.organisation, sent(at.organisation), '/account/tokens', sent('/account/tokens', 'form[action="/account/tokens"] button[type=submit]'), '/account/data',
      '/account/erase', at.erase, '/account/sign-out', forbidden('/delta/consultations/new'),
      // A solver of the prizes.
      '/prizes/', '/prizes/apply', '/prizes/algorithms', '/prizes/record', '/prizes/challenges', '/prizes/challenges/interests', leaks, `${leaks}/team`, `${leaks}/questions`,
      `${leaks}/amendments`, `${leaks}/versions/0`, `${leaks}/invite`, sent(`${leaks}/invite`), `${leaks}/ask-merge`, `${leaks}/ask`, sent(`${leaks}/ask`), `${leaks}/leave`,
      at.entry, `${at.entry}/edit`, at.sealing, heat, als, `${als}/result`, `${als}/report`, `${at.announced}/join`, sent(`${at.announced}/join`), `${at.announced}/invitations`,
      `${at.entered}/entries/new`, sent(`${at.entered}/entries/new`), at.entryDraft, missing(`${leaks}/panel`), missing(`${heat}/packets/1`),
    ],
  },
  {
    who: 'official', on: 'demo',
    pages: [
      '/delta/consultations', '/delta/consultations/new', sent('/delta/consultations/new'), at.draft, `${at.draft}/draft`, `${at.draft}/edit`,
      `${at.draft}/note`, `${at.draft}/publish`, sent(`${at.draft}/publish`), open, `${open}/desk`, `${open}/desk?about=art_5`,
      `${open}/desk?before=${at.response}`, announced, `${announced}/edit`, `${announced}/note`, answered, `${answered}/note`, `${answered}/desk`,
      `${answered}/desk?all=true`, `${answered}/desk?all=true&before=${at.answered}`, `${answered}/write-report`,
      // An operator of the prizes.
      '/prizes/challenges', '/prizes/challenges/new', sent('/prizes/challenges/new'), '/prizes/manage/applications', sent('/prizes/manage/applications', 'form[action$="/decline"] button'),
      at.review, `${at.review}/edit`, `${at.review}/publish`, `${at.review}/return`, sent(`${at.review}/return`), leaks, `${leaks}/amend`, sent(`${leaks}/amend`), `${leaks}/cancel`, sent(`${leaks}/cancel`),
      `${leaks}/attachments`, sent(`${leaks}/attachments`), `${leaks}/seeker`, sent(`${leaks}/seeker`), `${leaks}/panel`, sent(`${leaks}/panel`, 'form[action$="/panel"] button[type=submit]'), `${leaks}/questions`, `${leaks}/questions/${at.question}`,
      sent(`${leaks}/questions/${at.question}`), heat, `${heat}/panel`, `${heat}/assignment`, `${heat}/assignment/1`, sent(`${heat}/assignment/1`), `${heat}/deliberation`, `${heat}/report-conflict`,
      sent(`${heat}/report-conflict`), als, `${als}/result`, `${als}/result/entries/1`, `${als}/follow-up`, sent(`${als}/follow-up`), `${als}/deliberation`, `${als}/deliberation/12`, `${als}/amendments`, `${als}/report`,
    ],
  },
  {
    who: 'moderator', on: 'demo',
    pages: ['/delta/', '/delta/moderation', `/delta/moderation/response/${at.reported}`, sent(`/delta/moderation/response/${at.reported}`, 'form[action$="/hide"] button'),
      `/delta/moderation/response/${at.hidden}`, '/delta/moderation/log', '/account/organisations',
      // Who screens entries for the prizes.
      heat, `${heat}/screening`, `${heat}/screening/1`, `${als}/screening`, `${als}/result`, `${als}/result/entries/12`],
  },
  {
    who: 'judge', on: 'demo',
    pages: ['/prizes/challenges', leaks, heat, `${heat}/judging`, `${heat}/packets/${at.packet}`, sent(`${heat}/packets/${at.packet}`, 'button[name=giving][value=given]'), `${heat}/packets/${at.packet}/conflict`,
      sent(`${heat}/packets/${at.packet}/conflict`), `${heat}/report-conflict`, `${als}/result`],
  },
  {
    who: 'seeker', on: 'demo',
    pages: ['/prizes/apply', sent('/prizes/apply', 'form[action$="/apply"] button[type=submit]'), '/prizes/challenges', '/prizes/challenges/new', at.ownDraft, `${at.ownDraft}/edit`, `${at.ownDraft}/submit`, at.review, leaks, `${leaks}/questions/${at.question}`, `${als}/result`, `${als}/report`],
  },
  {
    who: 'administrator', on: 'demo',
    pages: [
      '/delta/manage', sent('/delta/manage', 'form[action$="/give"] button'), '/delta/manage/charter', '/server', '/server/mail', at.mail,
      '/server/platforms/new', sent('/server/platforms/new'), '/record', '/record?before=5', missing('/server/nowhere'),
      '/prizes/manage', '/prizes/manage/charter', '/prizes/manage/applications', '/prizes/challenges', als, `${als}/result`, `${als}/result/entries/12`, `${als}/report`,
    ],
  },
];

const servers = {};
let browser, at;
before(async () => {
  browser = await launch();
  servers.empty = await startPolder();
  servers.fresh = await startPolder({ prepare: newPlatform });
  servers.demo = await startPolder({ prepare: (one) => one.command('demo', '--data', one.data, '--responses', '120', '--seed', '7') });
  at = { setup: new URL(setupAddress(servers.empty)).pathname, ...(await whatHappened(servers.demo)) };
});
after(async () => {
  await browser?.close();
  for (const server of Object.values(servers)) await server.discard();
});

const newcomer = 'nora@ministry.example';
async function newPlatform(one) {
  const file = join(one.data, 'platform.json');
  const fields = {
    slug: 'harbour', title: 'Laws of the harbour', administrator: newcomer, charter: 'legislation', 'operated-by': 'Ministry of Water',
    languages: ['en', 'nl', 'de'], officials: [],
  };
  await writeFile(file, JSON.stringify(fields));
  await one.command('act', 'platforms.create', '--data', one.data, '--json', file);
  execFileSync(program, ['user', 'administrator', newcomer, '--name', 'Nora', '--data', one.data], { input: `${password}\n` });
}
async function signIn(page, who, language) {
  await page.goto('/account/sign-in');
  await page.fill('[name=email]', newcomer);
  await page.fill('[name=password]', password);
  await page.click('main button[type=submit]');
  await page.goto(`/?lang=${language}`);
}
async function takeRole(page, role) {
  await page.goto('/');
  await page.click(`main form button[name=role][value=${role}]`);
}

/** Something of each kind that a page can be about. */
async function whatHappened({ url, ...demo }) {
  const is = { visitor: new Client(url) };
  for (const role of ['citizen', 'official', 'moderator', 'judge', 'seeker', 'administrator']) is[role] = await new Client(url).become(role);
  const done = async (who, path, fields) => {
    const response = await is[who].post(path, { key: `${Math.random()}`, ...fields });
    assert.equal(response.status, 303, `${path}: ${response.status} ${(await response.text()).replace(/<[^>]*>/g, ' ').slice(0, 2000)}`);
    return response.headers.get('location');
  };
  const ids = async (who, path) => [...(await (await is[who].get(path)).text()).matchAll(/\/responses\/([0-9a-z]{13})"/g)].map(([, id]) => id);
  const at = {};
  const shown = await ids('visitor', `${open}/responses`);
  [at.response, at.reported, at.hidden] = [shown[4], shown[5], shown[6]];
  at.answered = (await ids('official', `${answered}/desk?all=true`))[0];

  for (const id of [at.reported, at.hidden])
    await done('visitor', `/delta/moderation/response/${id}/report`, { reason: 'personal-data', words: 'That is where I live.' });
  await done('moderator', `/delta/moderation/response/${at.hidden}/hide`, { reason: 'personal-data', statement: 'It names the house of somebody else.' });

  const response = { 'answers.0.question': '1', 'answers.0.words': 'We collect rain already.', visibility: 'officials', step: 'send' };
  at.receipt = await done('citizen', `${open}/respond`, response);
  at.own = (await ids('official', `${open}/desk`))[0];
  at.organisation = await done('citizen', '/account/organisations', { 'organisation-name': 'Friends of the brook', kind: 'civil-society' });
  await done('citizen', at.organisation, { email: 'moderator@demo.example', role: 'member' });
  await is.citizen.key('read');
  at.draft = await done('official', '/delta/consultations/new', {
    ...words, language: 'en', 'first-day': dayFromNow(demo, 2), 'last-day': dayFromNow(demo, 10), law: new File([lawFile.buffer], lawFile.name),
  });

  await challengesHappened(is, at, demo);

  // What only a link in a mail leads to.
  await done('visitor', `${open}/respond`, { ...response, email: 'ida@example.org' });
  await done('visitor', '/account/sign-up', { email: 'ida@example.org', 'full-name': 'Ida', password, language: 'en' });
  await done('visitor', '/account/reset', { email: 'official@demo.example' });
  await done('citizen', '/account/erase/mail', {});
  const wanted = { confirmResponse: /\/delta\/confirm\/[\w-]+/, confirmAccount: /\/account\/confirm\/[\w-]+/, newPassword: /\/account\/reset\/[\w-]+/, erase: /\/account\/erase\/[\w-]{20,}/ };
  // Mails are written by jobs, within moments.
  for (const end = Date.now() + 20_000; Object.keys(wanted).some((name) => !at[name]) && Date.now() < end; )
    for (const [path] of (await (await is.administrator.get('/server/mail')).text()).matchAll(/\/server\/mail\/[\w-]+/g)) {
      at.mail = path;
      const text = await (await is.administrator.get(path)).text();
      for (const [name, link] of Object.entries(wanted)) at[name] ??= text.match(link)?.[0];
    }
  for (const name of Object.keys(wanted)) assert.ok(at[name], `no mail with ${name}`);
  return at;
}

/** Challenges in the phases that the demonstration has none in, and the addresses of what there is in those it has. */
async function challengesHappened(is, at, demo) {
  const keys = {};
  const act = async (who, name, fields) => {
    keys[who] ??= { authorization: `Bearer ${await is[who].key('act', 'read')}` };
    const response = await is[who].json(`/api/v1/acts/challenges.${name}`, { platform: 'prizes', fields }, keys[who]);
    const answer = await response.json();
    assert.equal(response.status, 201, `${who} does ${name}: ${JSON.stringify(answer)}`);
    return answer;
  };
  const draft = async (title) => {
    const { made, location } = await act('seeker', 'draft', { statement: prizeStatement(demo, { title, 'entries-a-team': 2 }) });
    return { challenge: made, path: new URL(location).pathname };
  };
  const published = async (title) => {
    const { challenge, path } = await draft(title);
    await act('seeker', 'submit', { challenge });
    await act('official', 'publish', { challenge });
    return { challenge, path };
  };
  at.ownDraft = (await draft('A lock that sings')).path;
  const review = await draft('A dike that tells where it leaks');
  await act('seeker', 'submit', { challenge: review.challenge });
  at.review = review.path;
  at.announced = (await published('A pump that fish like')).path;
  const entered = await published('A bridge that weighs what crosses it');
  const citizen = { challenge: entered.challenge, team: 'Scales', 'known-as': 'Sanne', entrant: 'person', country: 'NL', agrees: true };
  await act('citizen', 'join', citizen);
  await act('citizen', 'write-entry', { challenge: entered.challenge, title: 'It sags', answers: [{ question: 1, words: 'A wire under it.' }, { question: 2, words: 'Sanne.' }] });
  at.entered = entered.path;

  const link = async (who, path, kind) => {
    const found = (await (await is[who].get(path)).text()).match(kind);
    assert.ok(found, `${who} finds no ${kind} at ${path}`);
    return found[0];
  };
  at.entryDraft = await link('citizen', `${entered.path}/team`, /\/prizes\/challenges\/[\w-]+\/entries\/0\w{12}/);
  at.entry = await link('citizen', `${leaks}/team`, /\/prizes\/challenges\/[\w-]+\/entries\/0\w{12}/);
  at.sealing = await link('citizen', at.entry, /\/prizes\/receipts\/\w{13}/);
  at.question = (await link('seeker', `${leaks}/questions`, /\/questions\/\w{13}/)).split('/').pop();
  const packets = [...(await (await is.judge.get(`${heat}/judging`)).text()).matchAll(/\/packets\/(\d+)"/g)].map(([, number]) => number);
  for (const number of packets)
    if (/name="giving"/.test(await (await is.judge.get(`${heat}/packets/${number}`)).text())) at.packet ??= number;
  assert.ok(at.packet, `the judge has marked all of ${packets}`);
}

/** What a page is an example of: ids, articles and names make no other kind. */
const kindOf = ({ pathname, searchParams }) =>
  pathname.replace(/\/0[0-9a-z]{12}(?=\/|$)/g, '/ID').replace(/(\/consultations\/)(?!new(\/|$))[^/]+/, '$1SLUG').replace(/(\/challenges\/)(?!(new|interests)(\/|$))[^/]+/, '$1SLUG').replace(/\/\d+(?=\/|$)/g, '/NUMBER').replace(/^\/(delta|harbour|prizes)\//, '/PLATFORM/') +
  [...searchParams.keys()].filter((name) => !['next', 'lang', 'quote'].includes(name)).sort().map((name) => `?${name}`).join('');
const isFile = /\.(csv|json|zip|xml|toml|tlog-proof|txt|css)$|\/(file|key|checkpoint|charter|draft-source|copy\/file)$/;

/** All that must hold of a page as it is seen this way; gives where its links lead. */
async function look(page, { path, status = 200, button }, { axe, html }, language, shot) {
  await page.goto(path);
  if (button) {
    // Past what the browser would check by itself, to what the server says.
    const send = (e) => { e.form.noValidate = true; e.click(); };
    await Promise.all([page.waitForEvent('domcontentloaded'), page.locator(button).first().evaluate(send)]);
  }
  assert.equal(statusOf(page), status, `${path} comes with status ${statusOf(page)}`);
  const { lang, links, told } = await page.evaluate(() => ({
    lang: document.documentElement.lang,
    links: [...document.querySelectorAll('a[href]:not([href^="#"])')].map((a) => a.href),
    told: document.querySelector('.summary a') !== null,
  }));
  assert.equal(lang, language, path);
  if (button) assert.ok(told, `${path} does not say what is missing`);
  await checks.noMissingText(page);
  await checks.noHorizontalScroll(page);
  await checks.focusShows(page);
  if (axe) await checks.axeFindsNothing(page);
  if (html) await checks.validHtml(page);
  await checks.picture(page, shot);
  checks.nothingFailed(page);
  return links;
}

describe('every page holds', { concurrency: 3 }, () => {
  for (const language of Object.keys(ways))
    test(`in ${language}`, { timeout: 1_500_000 }, (t) => lookAtAll(t, language));
});

async function lookAtAll(t, language) {
  const faults = [];
  const told = (what) => (fault) => void faults.push(`${what}: ${fault.message}`);
  let looks = 0;
  for (const way of ways[language]) {
    const { width, dark = false, javascript = true } = way;
    const seen = `${width} px, ${dark ? 'dark' : 'light'}, ${javascript ? 'script' : 'plain'}`;
    const kinds = new Set();
    const links = new Map();
    for (const { who, on, pages, enter = takeRole } of table(at)) {
      const { url } = servers[on];
      const page = await browser.person({ url, language, ...way });
      if (who !== 'nobody' && who !== 'visitor') await enter(page, who, language);
      for (const one of pages.map((entry) => (typeof entry === 'string' ? { path: entry } : entry))) {
        kinds.add(kindOf(new URL(one.path, url)));
        // The prizes are many pages: once in each language, wide in one, narrow in two; prize.test.mjs sees them without JavaScript.
        if (one.path.startsWith('/prizes/') && !way.axe) continue;
        const shot = `${language}-${who}${one.path.replace(/[0-9a-z]{13}|[\w-]{30,}/g, 'x').replaceAll(/[^\w]+/g, '-')}${one.button ? '-sent' : ''}`;
        const found = await look(page, one, { axe: way.axe?.(looks) ?? false, html: way.html && !one.button }, language, shot).catch(told(`${who} at ${one.path} (${seen})`));
        for (const href of found ?? []) links.set(href, one.path);
        page.faults.length = 0;
        ++looks;
      }
      await page.context().close();
    }
    for (const [href, from] of links) {
      const to = new URL(href);
      const ours = Object.values(servers).some(({ url }) => to.origin === url);
      if (ours && !isFile.test(to.pathname) && !kinds.has(kindOf(to))) faults.push(`${from} leads to ${to.pathname}${to.search}, which the table has not`);
    }
  }
  t.diagnostic(`${looks} looks`);
  assert.equal(faults.length, 0, `\n${faults.join('\n\n')}`);
}
