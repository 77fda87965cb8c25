// Who sees what: a table of everybody against everything on two platforms, the second of them closed. Who may not see
// something gets what they would get if it were not there, or is told what they may do; never a hint of what it says.
import { File } from 'node:buffer'; // no global in Node 18
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Client } from './harness/client.mjs';
import { program, root, startPolder } from './harness/polder.mjs';
import { lawFile, password, words } from './harness/steps.mjs';

const people = {
  visitor: null,
  citizen: 'anna@example.org',
  author: 'mara@example.org', // who responded
  official: 'otto@harbour.example',
  moderator: 'mo@harbour.example',
  administrator: 'ada@harbour.example',
  stranger: 'olga@guild.example', // an official and administrator of the other platform
  operator: 'root@server.example', // the server's administrator
};
const secrets = { draft: 'Plan nobody may know', words: 'The night nurse sails at three', name: 'Nora Nachtwind', guild: 'Rules of the hidden guild' };

let polder;
const is = {}; // who -> Client
const at = {}; // what -> path
before(async () => {
  polder = await startPolder({ smtp: true, prepare });
  for (const [who, email] of Object.entries(people)) {
    is[who] = new Client(polder.url);
    if (who === 'operator') await is[who].post('/account/sign-in', { email, password });
    else if (email) await signUp(is[who], who, email);
  }
  await writeAndRespond();
});
after(() => polder?.discard());

async function prepare(one) {
  const act = async (name, platform, fields) => {
    const file = join(one.data, 'act.json');
    await writeFile(file, JSON.stringify(fields));
    return one.command('act', name, '--data', one.data, ...(platform ? ['--platform', platform] : []), '--json', file);
  };
  const create = (slug, title, administrator, official) =>
    act('platforms.create', null, {
      slug, title, administrator, charter: 'legislation', 'operated-by': title, languages: ['en', 'nl', 'de'], officials: [official],
    });
  await create('harbour', 'Laws of the harbour', people.administrator, people.official);
  await create('guild', 'The hidden guild', people.stranger, people.stranger);
  await act('platforms.appoint', 'harbour', { email: people.moderator, role: 'moderator' });
  const charter = await readFile(join(root, 'charters/legislation.toml'), 'utf8');
  await act('platforms.change-charter', 'guild', { charter: charter.replace('openness = "open"', 'openness = "closed"') });
  execFileSync(program, ['user', 'administrator', people.operator, '--name', 'Root', '--data', one.data], { input: `${password}\n` });
}

async function signUp(person, name, email) {
  const asked = await person.post('/account/sign-up', { email, 'full-name': name === 'author' ? secrets.name : name, password, language: 'en' });
  assert.equal(asked.status, 303, await asked.text());
  const { pathname } = new URL((await polder.mailbox.to(email, { subject: /Make your account/ })).links.find((link) => link.includes('/confirm/')));
  assert.equal((await person.post(pathname, { key: pathname })).status, 303);
}

const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const consultation = (more = {}) => ({
  ...words, language: 'en', 'first-day': day(0), 'last-day': day(60), law: new File([lawFile.buffer], lawFile.name), key: `${Math.random()}`, ...more,
});
async function done(person, path, fields) {
  const response = await person.post(path, { key: `${Math.random()}`, ...fields });
  assert.equal(response.status, 303, `${path}: ${response.status} ${(await response.text()).replace(/<[^>]*>/g, ' ').slice(0, 3000)}`);
  return response.headers.get('location');
}

async function writeAndRespond() {
  at.draft = await done(is.official, '/harbour/consultations/new', consultation({ title: secrets.draft }));
  at.open = await done(is.official, '/harbour/consultations/new', consultation());
  await done(is.official, `${at.open}/publish`, {});
  at.guild = await done(is.stranger, '/guild/consultations/new', consultation({ title: secrets.guild }));
  await done(is.stranger, `${at.guild}/publish`, {});
  for (const path of [at.open, at.guild])
    for (const end = Date.now() + 20_000; ; ) {
      if ((await is.stranger.get(`${path}/respond`)).status === 200) break;
      assert.ok(Date.now() < end, `${path} does not open`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  const respond = (visibility, text) =>
    done(is.author, `${at.open}/respond`, {
      'answers.0.question': '1', 'answers.0.words': text, visibility, 'signed-as': secrets.name, step: 'send',
    });
  at.nameless = await respond('public-anonymous', 'Said without a name.');
  at.receipt = await respond('officials', secrets.words);
  const desk = await (await is.official.get(`${at.open}/desk`)).text();
  const ids = [...desk.matchAll(/\/responses\/([0-9a-z]{13})"/g)].map(([, id]) => id);
  at.hidden = `${at.open}/responses/${ids[0]}`;
  at.namelessResponse = `${at.open}/responses/${ids[1]}`;
  at.api = `/api/v1/platforms/harbour/consultations/${at.open.split('/').pop()}`;
}

const everybody = Object.keys(people);
const seen = (...who) => Object.fromEntries(everybody.map((one) => [one, who.includes(one) ? 'sees' : 'not there']));

/** What a visit came to. A refusal says no more than that. */
async function visit(who, path) {
  const response = await is[who].get(path);
  const text = await response.text();
  for (const secret of Object.values(secrets))
    if (response.status !== 200 && (who !== 'author' || secret !== secrets.name))
      assert.ok(!text.includes(secret), `${who} at ${path} is refused and reads "${secret}"`);
  if (response.status === 200) return 'sees';
  if (response.status === 303 && response.headers.get('location').startsWith('/account/sign-in')) return 'signs in';
  if (response.status === 403) return 'not theirs';
  if (response.status === 404) return 'not there';
  return String(response.status);
}

describe('everybody and everything', () => {
  const desk = { ...seen('official'), visitor: 'signs in', citizen: 'not theirs', author: 'not theirs', moderator: 'not theirs', administrator: 'not theirs', stranger: 'not theirs', operator: 'not theirs' };
  const table = () => ({
    [at.open]: seen(...everybody),
    [`${at.open}/draft`]: seen(...everybody),
    [`${at.open}/responses`]: seen(...everybody),
    [`${at.open}/responses.csv`]: seen(...everybody),
    [at.api]: seen(...everybody),
    '/harbour/how-we-work': seen(...everybody),
    '/harbour/record': seen(...everybody),
    // What is not published is there for those who write it.
    [at.draft]: seen('official'),
    [`${at.draft}/draft`]: seen('official'),
    [`${at.draft}/note`]: seen('official'),
    [`${at.draft}/draft.xml`]: seen('official'),
    [`${at.draft}/draft-source`]: seen('official'),
    [`${at.draft}/responses`]: seen(),
    [at.draft.replace('/harbour', '/api/v1/platforms/harbour')]: seen('official'),
    [`${at.draft.replace('/harbour', '/api/v1/platforms/harbour')}/articles`]: seen('official'),
    // A response for the officials is theirs and its author's.
    [at.hidden]: seen('official', 'author'),
    [at.hidden.replace('/harbour', '/api/v1/platforms/harbour')]: seen('official', 'author'),
    [at.receipt]: seen('author'),
    [`${at.receipt}/file`]: { ...seen('author'), visitor: 'signs in' },
    [at.namelessResponse]: seen(...everybody),
    // Work.
    '/harbour/consultations/new': desk,
    [`${at.open}/desk`]: desk,
    '/harbour/moderation': { ...desk, official: 'not theirs', moderator: 'sees' },
    '/account': { ...seen(...everybody), visitor: 'signs in' },
    // The server's own pages are there for its administrator only.
    '/server': seen('operator'),
    '/server/mail': seen('operator'),
    '/server/platforms/new': seen('operator'),
    // A closed platform is there for those who hold a role on it.
    [at.guild]: seen('stranger'),
    [`${at.guild}/draft`]: seen('stranger'),
    [`${at.guild}/responses`]: seen('stranger'),
    [`${at.guild}/responses.csv`]: seen('stranger'),
    [`${at.guild}/draft.xml`]: seen('stranger'),
    [at.guild.replace('/guild', '/api/v1/platforms/guild')]: seen('stranger'),
    '/guild/consultations': seen('stranger'),
    '/api/v1/platforms/guild/consultations': seen('stranger'),
    '/guild/moderation/log': seen('stranger'),
  });

  for (const who of everybody)
    test(`${who} sees what is theirs to see`, async () => {
      const faults = [];
      for (const [path, cells] of Object.entries(table())) {
        const found = await visit(who, path);
        if (found !== cells[who]) faults.push(`${path}: ${found}, and should be: ${cells[who]}`);
      }
      assert.equal(faults.length, 0, `\n${faults.join('\n')}`);
    });

  test('the platform is managed by its administrator and by the server’s', async () => {
    for (const who of everybody) {
      const found = await visit(who, '/harbour/manage');
      if (['administrator', 'operator'].includes(who)) assert.equal(found, 'sees', who);
      else assert.match(found, /not there|not theirs|signs in/, who);
    }
  });
});

test('what is for the officials, or without a name, is on no page, in no file and in no answer of the API', async () => {
  for (const who of everybody.filter((one) => !['official', 'author'].includes(one))) {
    const paths = ['/', '/harbour/', '/harbour/consultations', at.open, ...['draft', 'responses', 'responses?question=1', 'responses.csv', 'responses.json'].map((more) => `${at.open}/${more}`),
      at.namelessResponse, '/harbour/record', '/harbour/moderation/log', at.api, `${at.api}/responses`, `${at.api}/articles`, `${at.api}/answers`,
      at.namelessResponse.replace('/harbour', '/api/v1/platforms/harbour'), '/guild/', '/guild/record', '/api/v1/platforms', '/guild/how-we-work'];
    for (const path of paths) {
      const response = await is[who].get(path);
      const text = await response.text();
      for (const secret of [secrets.draft, secrets.words, secrets.name, ...(who === 'stranger' ? [] : [secrets.guild]), people.author])
        assert.ok(!text.includes(secret), `${who} reads "${secret}" at ${path}`);
    }
  }
  const counted = await (await is.visitor.get(at.api)).json();
  assert.equal(counted.responses, 2, 'both are counted');
});

test('a refusal is the same whether something is there or not', async () => {
  const nowhere = at.hidden.replace(/[^/]+$/, '0000000000000');
  for (const [there, not] of [[at.hidden, nowhere], [at.draft, '/harbour/consultations/nowhere'], [at.receipt, '/harbour/receipts/0000000000000'], ['/server', '/servers'], [at.guild, '/guild/consultations/nowhere']])
    for (const who of ['visitor', 'citizen', 'moderator']) {
      const [one, other] = await Promise.all([is[who].get(there), is[who].get(not)]);
      assert.equal(one.status, other.status, `${who} at ${there}`);
      const text = async (response, path) => (await response.text()).replaceAll(path, 'PATH').replaceAll(encodeURIComponent(path), 'PATH').match(/<main[^]*<\/main>/)?.[0];
      assert.equal(await text(one, there), await text(other, not), `${who} can tell that ${there} is there`);
    }
});

test('nobody does what is not theirs to do, by a form or by the API', async () => {
  const drafts = async () => (await (await is.official.get('/api/v1/platforms/harbour/consultations')).json()).consultations;
  const earlier = await drafts();
  const draftId = earlier.find(({ title }) => title === secrets.draft).id;
  for (const who of everybody.filter((one) => one !== 'official')) {
    const person = is[who];
    for (const [path, fields] of [
      ['/harbour/consultations/new', consultation()], [`${at.draft}/publish`, {}], [`${at.draft}/edit`, consultation()],
      [`${at.open}/desk`, { responses: at.hidden.split('/').pop(), outcome: 'kept', words: 'No.' }], [`${at.open}/write-report`, { words: 'No.' }],
      [at.draft.replace('/harbour', '/guild') + '/publish', {}],
    ]) {
      const response = await person.post(path, { key: `${Math.random()}`, ...fields });
      const signsIn = response.status === 303 && response.headers.get('location').startsWith('/account/sign-in');
      assert.ok(signsIn ? who === 'visitor' : [403, 404].includes(response.status), `${who} sends ${path}: ${response.status} ${response.headers.get('location')}`);
    }
    if (who === 'visitor') continue;
    const program = new Client(polder.url, { authorization: `Bearer ${await person.key('act', 'read')}` });
    for (const [act, platform, fields] of [
      ['consultations.publish', 'harbour', { consultation: draftId }], ['consultations.publish', 'guild', { consultation: draftId }], ['consultations.publish', undefined, { consultation: draftId }],
      ['consultations.open', 'harbour', { consultation: draftId }], ['consultations.close', 'harbour', { consultation: draftId }],
      ['consultations.answer', 'harbour', { consultation: draftId, responses: [], outcome: 'kept', words: 'No.' }],
      ['people.erase', undefined, { proof: 'x' }],
    ]) {
      const response = await program.json(`/api/v1/acts/${act}`, { platform, fields });
      assert.ok([403, 404, 422].includes(response.status), `${who} does ${act}: ${response.status}`);
      assert.ok(!(await response.text()).includes(secrets.draft));
    }
    if (!['administrator', 'operator'].includes(who)) {
      const made = await person.post('/harbour/manage', { email: people.citizen, role: 'official', key: `${Math.random()}` });
      assert.ok([403, 404, 405].includes(made.status), `${who} gives a role: ${made.status}`);
      const platform = await person.post('/server/platforms', { slug: 'mine', charter: 'legislation', title: 'Mine', 'operated-by': 'Me', languages: 'en', administrator: people.citizen });
      assert.ok([403, 404].includes(platform.status), `${who} makes a platform: ${platform.status}`);
    }
  }
  assert.deepEqual(await drafts(), earlier);
  assert.equal((await is.citizen.get('/harbour/consultations/new')).status, 403, 'the citizen has become an official');
});

test('figures and health are for the machine itself, not for visitors', async () => {
  for (const path of ['/metrics', '/healthz']) {
    assert.equal((await is.visitor.get(path)).status, 200, 'from this machine');
    assert.equal((await is.visitor.get(path, { 'x-forwarded-for': '203.0.113.9' })).status, 404, 'through a proxy');
  }
});
