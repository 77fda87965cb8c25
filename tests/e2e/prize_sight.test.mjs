// Who reads what of a prize: everybody who could be near one, at every address that any of them is ever led to, in every
// phase that changes what may be seen. Each secret has words that stand nowhere else, so a leak has the name of the fact,
// of the role, of the page and of the phase. What this table says is the promise; `sight` in rules.h is how it is kept.
import { File } from 'node:buffer'; // no global in Node 18
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { inflateRawSync } from 'node:zlib';
import { Client } from './harness/client.mjs';
import { program, startPolder } from './harness/polder.mjs';
import { clockTo, day, dayFromNow, midnight, movableClock, now, password, prizeStatement, second } from './harness/steps.mjs';

const roles = {
  visitor: null, nobody: null, applicant: null, // without an account, without a role, and asking for one
  anna: 'solver', bram: 'solver', bystander: 'solver', // in team one, in team two, in none
  judge: 'judge', conflicted: 'judge', idle: 'judge', // reads entry 1; has an interest in team one; on no panel
  screener: 'screener', seeker: 'seeker', otherSeeker: 'seeker', writer: 'operator', editor: 'operator',
  overseer: 'overseer', administrator: 'administrator', foreign: null, // runs another platform
  root: null, // the server's administrator
};
const everybody = Object.keys(roles);
const email = (who) => `${who.toLowerCase()}@sight.example`;

/** What is secret of a challenge, in words of its own. `one` is of anna's entry, `two` of bram's. */
const secretsOf = (x) => ({
  title: `Zilverregen${x}`, seeker: `Vraagkoning${x}`, mapName: `slotenkaart${x}`, mapContent: `Slootinhoud${x}`,
  team: `Kwikploeg${x}`, member: `Loodlid${x}`, organisation: `Tinhuis${x}`, entryTitle: `Kopertitel${x}`,
  shown: `Zinkgeheim${x}`, hidden: `Nikkelnaam${x}`, masked: `Maskerwoord${x}`, fileName: `kobaltplan${x}`, fileContent: `Kobaltinhoud${x}`,
  closedFile: `boorschets${x}`, closedContent: `Boorinhoud${x}`,
  otherTeam: `Goudploeg${x}`, otherMember: `Chroomlid${x}`, otherShown: `Platinaplan${x}`,
  question: `Waterstofvraag${x}`,
  maskNote: `Maskernoot${x}`, evidence: `Bewijsstuk${x}`, interest: `Neefjesbelang${x}`,
  toSolver: `Lofzang${x}`, toPanel: `Binnenskamers${x}`, otherToSolver: `Troostwoord${x}`, otherToPanel: `Onderons${x}`,
  objection: `Bezwaarschrift${x}`, decision: `Bezwaarbesluit${x}`, check: `Paspoortkeuring${x}`, milestone: `Mijlpaalzin${x}`, payee: `Ontvanger${x}`,
});

let polder;
const is = {}; // who -> Client
before(async () => {
  polder = await startPolder({ ...movableClock, smtp: true, prepare });
  for (const who of everybody) {
    is[who] = new Client(polder.url);
    if (who === 'root') await is[who].post('/account/sign-in', { email: email(who), password });
    else if (who !== 'visitor') await signUp(who);
  }
  const asked = await is.applicant.json('/api/v1/acts/platforms.apply', { platform: 'prize', fields: { role: 'solver', why: 'I solve.' } });
  assert.equal(asked.status, 201, await asked.text());
});
after(() => polder?.discard());

async function prepare(one) {
  const act = async (name, platform, fields) => {
    const file = join(one.data, 'act.json');
    await writeFile(file, JSON.stringify(fields));
    return one.command('act', name, '--data', one.data, ...(platform ? ['--platform', platform] : []), '--json', file);
  };
  for (const [slug, administrator] of [['prize', 'administrator'], ['guild', 'foreign']])
    await act('platforms.create', null, {
      slug, title: `The ${slug}`, administrator: email(administrator), charter: 'prize', 'operated-by': 'Delta Works', languages: ['en', 'nl', 'de'], officials: [],
    });
  for (const [who, role] of Object.entries(roles)) if (role && role !== 'administrator') await act('platforms.appoint', 'prize', { email: email(who), role });
  for (const role of ['operator', 'screener', 'judge', 'overseer', 'solver', 'seeker']) await act('platforms.appoint', 'guild', { email: email('foreign'), role });
  execFileSync(program, ['user', 'administrator', email('root'), '--name', 'Root', '--data', one.data], { input: `${password}\n` });
}

async function signUp(who) {
  clockTo(polder, now(polder) + 2 * 60 * second); // so many at once, from one house, would be stopped
  const asked = await is[who].post('/account/sign-up', { email: email(who), 'full-name': who, password, language: 'en' });
  assert.equal(asked.status, 303, who);
  const { pathname } = new URL((await polder.mailbox.to(email(who), { subject: /Make your account/ })).links.find((link) => link.includes('/confirm/')));
  assert.equal((await is[who].post(pathname, { key: pathname })).status, 303);
}

/** A prize while it is told: what its acts made, by name. */
class Prize {
  at = {};
  constructor(secrets) {
    this.secrets = secrets;
  }
  async act(who, name, fields = {}) {
    const response = await is[who].json(`/api/v1/acts/challenges.${name}`, { platform: 'prize', fields: { ...(this.id && { challenge: this.id }), ...fields } });
    const answer = await response.json();
    assert.equal(response.status, 201, `${who} does ${name}: ${JSON.stringify(answer)}`);
    return answer;
  }
  async isDrafted() {
    const { title, seeker } = this.secrets;
    const statement = prizeStatement(polder, { title, seeker, readers: 1, closes: `${dayFromNow(polder, 16)}T00:00` });
    const { made, location } = await this.act('writer', 'draft', { statement });
    this.id = made;
    this.path = new URL(location).pathname;
    this.closes = midnight(dayFromNow(polder, 16));
    await this.act('writer', 'name-seeker', { email: email('seeker') });
    const { mapName, mapContent } = this.secrets;
    const map = new File([`%PDF-1.7\n${mapContent}\n`], `${mapName}.pdf`, { type: 'application/pdf' });
    const sent = await is.writer.post(`${this.path}/attachments`, { key: mapName, file: map });
    assert.equal(sent.status, 303, await sent.text());
    [, this.map] = (await (await is.writer.get(`${this.path}/attachments`)).text()).match(/\/attachments\/(\w{13})"/);
  }
  async isAnnounced() {
    await this.act('editor', 'publish');
  }
  async isEntered() {
    const { secrets: s } = this;
    const enter = async (who, known, team, organisation, title, shown, hidden) => {
      const joined = await this.act(who, 'join', {
        team, 'known-as': known, organisation, entrant: organisation ? 'company' : 'person', country: 'NL', agrees: true,
      });
      const { made: entry } = await this.act(who, 'write-entry', { title, answers: [{ question: 1, words: shown }, { question: 2, words: hidden }] });
      return { team: joined.made, entry };
    };
    this.one = await enter('anna', s.member, s.team, s.organisation, s.entryTitle, `${s.shown}, made by ${s.masked}.`, s.hidden);
    this.two = await enter('bram', s.otherMember, s.otherTeam, undefined, 'Another way', s.otherShown, 'We are who we are.');
    await this.act('bram', 'ask', { words: s.question });
    this.files = {};
    for (const [name, content] of [[s.fileName, s.fileContent], [s.closedFile, s.closedContent]]) {
      const path = `/api/v1/platforms${this.path}/entries/${this.one.entry}/files?name=${name}.pdf`;
      const sent = await is.anna.send('PUT', path, { body: `%PDF-1.7\n${content}\n`, headers: { 'content-type': 'application/pdf' } });
      assert.equal(sent.status, 201, await sent.clone().text());
      this.files[name] = (await sent.json()).file;
    }
    await this.seal('anna', this.one);
    await this.seal('bram', this.two);
    for (const who of ['judge', 'conflicted'])
      await this.act('writer', 'seat-judge', { email: email(who), 'known-as': `Judge ${who}`, organisation: `House of ${who}`, expertise: 'copper', most: 5 });
  }
  async seal(who, part) {
    const digest = (await (await is[who].get(`${this.path}/entries/${part.entry}`)).text()).match(/name="digest" value="(\w{64})"/)?.[1];
    part.act = (await this.act(who, 'seal', { entry: part.entry, digest })).act;
  }
  async isScreened() {
    const { secrets: s } = this;
    const checks = [{ criterion: 1, finding: 'met', evidence: s.evidence }];
    await this.act('screener', 'screen', {
      entry: this.one.entry, checks, masks: [{ words: s.masked, note: s.maskNote }], files: [this.files[s.fileName]], outcome: 'admissible',
    });
    await this.act('screener', 'screen', { entry: this.two.entry, checks: [{ criterion: 1, finding: 'met', evidence: 'It says so.' }], outcome: 'admissible' });
    const none = [this.one, this.two].map(({ team }) => ({ team, interest: 'none' }));
    await this.act('judge', 'declare', { teams: none });
    await this.act('conflicted', 'declare', { teams: [{ team: this.one.team, interest: 'conflict', reason: s.interest }, none[1]] });
    await this.act('writer', 'begin-judging');
  }
  async isMarked() {
    const { secrets: s } = this;
    const mark = (who, { entry }, marks, solver, panel) =>
      this.act(who, 'mark', { entry, round: 1, marks: marks.map((mark, i) => ({ criterion: i + 1, mark })), 'to-solver': solver, 'to-panel': panel, giving: 'given' });
    await mark('judge', this.one, ['9', '8'], s.toSolver, s.toPanel);
    await mark('conflicted', this.two, ['5', '6'], s.otherToSolver, s.otherToPanel);
    await this.act('writer', 'begin-deliberation');
  }
  async isDoubted() {
    const { secrets: s } = this;
    await this.act('writer', 'announce-result');
    this.objection = (await this.act('bram', 'object', { entry: this.two.entry, words: s.objection })).made;
    await this.act('overseer', 'decide-objection', { objection: this.objection, upheld: false, decision: s.decision });
    await this.act('screener', 'check-winner', { entry: 1, passed: true, reason: s.check });
    await this.act('screener', 'check-winner', { entry: 2, passed: true, reason: s.check });
  }
  /** Nobody met what was asked for: it runs on, and what was sent in stays where it is. */
  async runsOn() {
    await this.act('writer', 'reopen', { closes: `${dayFromNow(polder, 40)}T00:00`, 'first-to-meet': true, why: 'Nobody met every criterion yet.' });
  }
  async isAwarded() {
    const { secrets: s } = this;
    await this.act('writer', 'award');
    const page = await (await is.writer.get(`${this.path}/result`)).text();
    [this.award, this.second] = [...page.matchAll(/\/awards\/(\w{13})\/plan/g)].map(([, id]) => id);
    this.tranche = await this.plan(this.award, s.milestone, '10000');
    await this.pay(this.tranche, s.payee);
  }
  async isPaid() {
    await this.pay(await this.plan(this.second, 'It is here.', '5000'), 'Whoever came second');
  }
  async plan(award, milestone, amount) {
    await this.act('writer', 'plan-payments', { award, tranches: [{ milestone, amount, accepter: email('seeker') }] });
    return (await (await is.seeker.get(`${this.path}/result`)).text()).match(/\/tranches\/(\w{13})\/accept/)[1];
  }
  async pay(tranche, payee) {
    await this.act('seeker', 'accept-milestone', { tranche, words: 'I have it.' });
    await this.act('writer', 'pay', { tranche, payee, 'account-end': '4242' });
  }

  /** Every kind of address there is of it; ids that are not made yet are asked for as if they were. */
  addresses() {
    const { path, one, two, files = {} } = this;
    const no = '0000000000000';
    const entries = [one, two].map((part) => part?.entry ?? no);
    const below = ['', '/edit', '/submit', '/return', '/publish', '/seeker', '/cancel', '/amend', '/amendments', '/versions/0', '/attachments', `/attachments/${this.map ?? no}`, '/join', '/team', '/invite', '/ask-merge', '/leave', '/ask',
      '/questions', '/invitations', '/entries/new', '/panel', '/report-conflict', '/screening', '/judging', '/assignment', '/deliberation', '/announce', '/result', '/result/ranking.json',
      '/result/result.json', '/check-winner', '/give-partial', '/award', '/deliberate-again', '/reopen', '/follow-up', '/report', '/report.json', '/entries.csv', '/marks.csv', '/entries.zip',
      ...[1, 2].flatMap((n) => [`/screening/${n}`, `/packets/${n}`, `/packets/${n}/conflict`, `/assignment/${n}`, `/deliberation/${n}`, `/result/entries/${n}`, `/winners/${n}`]),
      ...entries.flatMap((id) => [`/entries/${id}`, `/entries/${id}/edit`, `/entries/${id}/object`]), ...Object.values(files).map((id) => `/files/${id}`),
      `/objections/${this.objection ?? no}`, `/awards/${this.award ?? no}/plan`, `/tranches/${this.tranche ?? no}/accept`, `/tranches/${this.tranche ?? no}/pay`];
    const api = `/api/v1/platforms${path}`;
    return [...below.map((more) => path + more), api, `${api}/amendments`, `${api}/result`, `${api}/report`, '/api/v1/platforms/prize/challenges', '/api/v1/platforms', '/',
      '/prize/', '/prize/challenges', '/prize/challenges/interests', '/prize/record', '/prize/record/checkpoint', '/prize/manage', '/prize/manage/applications', '/prize/moderation', '/prize/moderation/log',
      '/prize/how-we-work', '/prize/charter.toml', '/account/data.json', '/server', '/server/mail', '/record', ...[one, two].flatMap((part) => (part?.act ? [`/prize/receipts/${part.act}`, `/prize/receipts/${part.act}/file`] : []))];
  }
}

/** What an answer says: of an archive, everything in it. */
async function wordsOf(response) {
  const bytes = Buffer.from(await response.arrayBuffer());
  if (response.headers.get('content-type') !== 'application/zip') return `${response.headers.get('content-disposition') ?? ''}\n${bytes}`;
  const parts = [];
  let at = bytes.readUInt32LE(bytes.lastIndexOf('PK\x05\x06') + 16);
  for (; bytes.readUInt32LE(at) === 0x02014b50; at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)) {
    const from = bytes.readUInt32LE(at + 42);
    const start = from + 30 + bytes.readUInt16LE(from + 26) + bytes.readUInt16LE(from + 28);
    const packed = bytes.subarray(start, start + bytes.readUInt32LE(at + 20));
    parts.push(bytes.subarray(at + 46, at + 46 + bytes.readUInt16LE(at + 28)), bytes.readUInt16LE(at + 10) === 8 ? inflateRawSync(packed) : packed);
  }
  return parts.map(String).join('\n');
}

/** Where this person is led from the addresses given, and what they read on the way. */
async function walk(who, seeds, prize, read) {
  const queue = [...seeds];
  for (let path; (path = queue.shift()); ) {
    if (read.has(path)) continue;
    const response = await is[who].get(path);
    const text = response.status === 200 ? await wordsOf(response) : await response.text();
    read.set(path, text);
    if (response.status !== 200 || !/^text\/html/.test(response.headers.get('content-type'))) continue;
    for (const [, found] of text.matchAll(/(?:href|action)="([^"#]+)/g)) {
      const to = new URL(found.replaceAll('&amp;', '&'), new URL(path, polder.url));
      const ours = to.origin === polder.url && to.pathname.startsWith('/prize/') && !to.searchParams.has('lang') && !/\.css$/.test(to.pathname);
      if (ours && !(/\/challenges\/\w/.test(to.pathname) && !to.pathname.startsWith(prize.path))) queue.push(to.pathname + to.search);
    }
  }
}
/** What comes back when this person sends each form: the key is longer than any, so nothing is done. */
async function sendNothing(who, all, prize, read) {
  for (const path of all) {
    if (!path.startsWith(prize.path) || path.includes('?')) continue;
    const response = await is[who].post(path, { key: 'k'.repeat(1000) });
    assert.ok(response.status >= 400, `${who} sends nothing to ${path} and it is taken: ${response.status}`);
    read.set(`POST ${path}`, await response.text());
  }
}
/** secret -> who -> where they read it, of everybody at every address that anybody is led to. */
async function sights(prize) {
  const read = Object.fromEntries(everybody.map((who) => [who, new Map()]));
  const all = new Set();
  await Promise.all(everybody.map((who) => walk(who, prize.addresses(), prize, read[who])));
  for (const who of everybody) for (const path of read[who].keys()) all.add(path);
  await Promise.all(everybody.map((who) => walk(who, all, prize, read[who])));
  await Promise.all(everybody.map((who) => sendNothing(who, all, prize, read[who])));
  const seen = {};
  for (const who of everybody)
    for (const [where, text] of read[who])
      for (const [name, words] of Object.entries(prize.secrets))
        // Their title is in the path of what they ask for: a page that is not there says which it was.
        if (text.replaceAll(where.replace('POST ', ''), '').includes(words)) ((seen[name] ??= {})[who] ??= []).push(where.replace(prize.path, '…'));
  return { seen, all };
}

const phases = ['draft', 'review', 'announced', 'open', 'screening', 'judging', 'deliberation', 'provisional', 'awarded', 'finished', 'cancelled', 'reopened'];
const inside = everybody.filter((who) => roles[who]);
const operators = ['writer', 'editor'], panel = ['judge', 'conflicted'], desk = ['screener', ...operators, 'overseer'];

/** Who wrote it reads it as long as it is there. */
const wrote = {
  title: 'writer', mapName: 'writer', mapContent: 'writer', seeker: 'writer', milestone: 'writer', payee: 'writer', evidence: 'screener', maskNote: 'screener', masked: ['anna', 'screener'], check: 'screener', decision: 'overseer',
  interest: 'conflicted', toSolver: 'judge', toPanel: 'judge', otherToSolver: 'conflicted', otherToPanel: 'conflicted', question: 'bram', objection: 'bram', otherTeam: 'bram', otherMember: 'bram', otherShown: 'bram',
};
/**
 * Who reads it besides, from which phase to which. What was cancelled is nobody's to judge, so nobody reads its entries any
 * more; what was reopened is as sealed as it was, but for what was decided on the way.
 */
const readers = {
  title: [
    { from: 'draft', until: 'review', who: ['seeker', ...operators] },
    { from: 'announced', until: 'reopened', who: inside },
  ],
  ...Object.fromEntries(['mapName', 'mapContent'].map((name) => [name, [
    { from: 'draft', until: 'review', who: ['seeker', ...operators] },
    { from: 'announced', until: 'reopened', who: inside },
  ]])),
  seeker: [
    { from: 'draft', until: 'reopened', who: ['seeker', ...operators] }, // unnamed until the award
    { from: 'awarded', until: 'finished', who: inside },
  ],
  question: [{ from: 'open', until: 'reopened', who: ['anna', 'seeker', ...operators] }], // the room; nobody reads who asked
  // The panel reads the names before anything else, to say whose they have an interest in; what they read has none.
  team: [
    { from: 'screening', until: 'provisional', who: ['screener', ...panel] },
    { from: 'provisional', until: 'provisional', who: desk },
    { from: 'awarded', until: 'finished', who: inside },
  ],
  organisation: [
    { from: 'screening', until: 'provisional', who: ['screener', ...panel] },
    { from: 'provisional', until: 'finished', who: desk },
    { from: 'awarded', until: 'finished', who: ['seeker'] },
  ],
  member: [
    { from: 'provisional', until: 'provisional', who: ['screener', ...operators] }, // who checks the papers
    { from: 'awarded', until: 'awarded', who: operators }, // who pays
  ],
  ...Object.fromEntries(['entryTitle', 'hidden', 'masked', 'fileName', 'closedFile', 'closedContent'].map((name) => [name, [
    { from: 'screening', until: 'finished', who: ['screener'] },
    { from: 'provisional', until: 'finished', who: desk },
    { from: 'awarded', until: 'finished', who: ['seeker'] },
  ]])),
  ...Object.fromEntries(['shown', 'fileContent'].map((name) => [name, [
    { from: 'screening', until: 'finished', who: ['screener'] },
    { from: 'judging', until: 'finished', who: ['judge'] },
    { from: 'provisional', until: 'finished', who: ['seeker', ...desk] },
  ]])),
  otherShown: [
    { from: 'screening', until: 'finished', who: ['screener'] },
    { from: 'judging', until: 'finished', who: ['conflicted'] },
    { from: 'provisional', until: 'finished', who: ['seeker', ...desk] },
  ],
  evidence: [{ from: 'provisional', until: 'finished', who: ['anna', 'seeker', ...desk] }],
  toSolver: [{ from: 'provisional', until: 'finished', who: ['anna', 'seeker', ...desk] }],
  otherToSolver: [{ from: 'provisional', until: 'finished', who: ['bram', 'seeker', ...desk] }],
  toPanel: [],
  otherToPanel: [{ from: 'deliberation', until: 'finished', who: ['judge'] }],
  interest: [{ from: 'judging', until: 'cancelled', who: operators }],
  maskNote: [],
  check: [{ from: 'provisional', until: 'provisional', who: ['seeker', ...desk] }],
  objection: [
    { from: 'provisional', until: 'finished', who: [...operators, 'overseer'] },
    { from: 'reopened', until: 'reopened', who: [...operators, 'overseer'] },
  ],
  decision: [
    { from: 'provisional', until: 'finished', who: ['bram', ...operators, 'overseer'] },
    { from: 'reopened', until: 'reopened', who: ['bram', ...operators, 'overseer'] },
  ],
  ...Object.fromEntries(['milestone', 'payee'].map((name) => [name, [{ from: 'awarded', until: 'finished', who: ['anna', 'seeker', ...operators] }]])),
};
readers.otherTeam = readers.team;
readers.otherMember = readers.member;

const at = (phase) => phases.indexOf(phase);
const reads = (secret, phase) =>
  new Set(readers[secret].filter(({ from, until }) => at(from) <= at(phase) && at(phase) <= at(until)).flatMap(({ who }) => who));

/** Everything that anybody reads in this phase is theirs to read, and everything that is theirs is there. */
async function holds(prize, phase, barred = []) {
  const { seen, all } = await sights(prize);
  const faults = [];
  for (const secret of Object.keys(prize.secrets)) {
    const theirs = reads(secret, phase);
    for (const [who, secrets] of barred) if (secrets.includes(secret)) theirs.delete(who);
    for (const who of everybody) {
      const where = seen[secret]?.[who] ?? [];
      // The server's administrator sees which mails wait, with what they are about.
      const paths = who === 'root' && secret === 'title' ? where.filter((path) => !path.startsWith('/server/mail')) : where;
      if (theirs.has(who) && paths.length === 0) faults.push(`${phase}: ${who} reads the ${secret} nowhere`);
      if (!theirs.has(who) && ![wrote[secret] ?? 'anna'].flat().includes(who)) for (const path of paths) faults.push(`LEAK, ${phase}: ${who} reads the ${secret} at ${path}`);
    }
  }
  for (const mail of polder.mailbox.mails)
    for (const [secret, words] of Object.entries(prize.secrets)) {
      const said = [mail.subject, mail.text, mail.html, ...mail.attachments.flatMap((one) => [one.filename, one.content])].join('\n');
      const theirs = secret === 'title' && mail.to.every((to) => inside.some((who) => to === email(who)));
      if (said.includes(words) && !theirs) faults.push(`LEAK, ${phase}: a mail to ${mail.to} says the ${secret}: ${mail.subject}`);
    }
  assert.equal(faults.length, 0, `\n${faults.join('\n')}`);
  return all;
}

const one = new Prize(secretsOf('abel')), cancelled = new Prize(secretsOf('boris')), doubted = new Prize(secretsOf('carol')), longer = new Prize(secretsOf('dirk'));
const all = async (what) => {
  for (const prize of [one, cancelled, doubted, longer]) await prize[what]();
};
let everywhere; // every address that anybody was led to

test('nobody reads what is not theirs, in any phase', { timeout: 600_000 }, async (t) => {
  const phase = (name, prize = one) => t.test(name, async () => void (everywhere = await holds(prize, name)));
  await all('isDrafted');
  await phase('draft');
  for (const prize of [one, cancelled, doubted, longer]) await prize.act('writer', 'submit');
  await phase('review');
  await all('isAnnounced');
  await phase('announced');
  clockTo(polder, now(polder) + 2 * day);
  await all('isEntered');
  await phase('open');
  clockTo(polder, one.closes + second);
  await phase('screening');
  await all('isScreened');
  await phase('judging');
  await all('isMarked');
  await phase('deliberation');
  await cancelled.act('writer', 'cancel', { why: 'The money is gone.' });
  await phase('cancelled', cancelled);
  const [, judge] = (await (await is.screener.get(`${doubted.path}/report-conflict`)).text()).match(/value="(\w{13})"[^>]*>Judge judge/);
  await doubted.act('screener', 'report-conflict', { judge, team: doubted.one.team, reason: 'They share a laboratory.' });
  await t.test('a conflict that comes to light late bars in the same moment', () => holds(doubted, 'deliberation', [['judge', ['shown', 'fileContent']]]));
  await one.isDoubted();
  await phase('provisional');
  await longer.isDoubted();
  clockTo(polder, now(polder) + 8 * day);
  await longer.runsOn();
  await phase('reopened', longer);
  await one.isAwarded();
  await phase('awarded');
  await one.isPaid();
  await phase('finished');
});

test('from outside, what is there answers as what is not', { timeout: 300_000 }, async () => {
  const faults = [];
  const title = one.path.split('/').pop();
  const answer = async (who, method, path) => {
    const response = await is[who].send(method, path, method === 'GET' ? {} : { body: new URLSearchParams({ key: 'a' }) });
    // A page that is not there says what was asked for, or leads to above it.
    const asked = path.split('/').map((_, i, all) => all.slice(0, all.length - i).join('/')).filter(Boolean);
    const told = asked.flatMap((sent, i) => [[sent, i], [encodeURIComponent(sent), i]]).reduce((text, [sent, i]) => text.replaceAll(sent, `SENT-${i}`), `${response.headers.get('location')} ${await response.text()}`);
    return `${response.status} ${response.headers.get('content-type')} ${told.replace(/name="key" value="[^"]*"/g, '')}`;
  };
  const paths = [...everywhere].map((path) => path.split('?')[0]).filter((path) => path.includes('/prize/') && !/^\/prize\/(apply)?$/.test(path));
  assert.ok(paths.length > 60, `${paths.length} addresses`);
  for (const path of new Set(paths)) {
    // Another number, another name, and another platform where there is none.
    const invented = new Set([path.replace(title, 'a-lamp-that-never-was'), path.replace(/0[0-9a-z]{12}/g, '0000000000000'), path.replace('/prize/', '/nowhere/')]);
    for (const who of ['visitor', 'nobody', 'applicant', 'foreign'])
      for (const method of ['GET', 'POST']) {
        const is_ = await answer(who, method, path);
        for (const other of invented)
          if (other !== path && (await answer(who, method, other)) !== is_) faults.push(`${who} can tell that ${method} ${path} is there: it does not answer as ${other}`);
        if (Object.values(one.secrets).some((words) => is_.includes(words))) faults.push(`LEAK: ${who} reads of it at ${method} ${path}`);
      }
  }
  assert.equal(faults.length, 0, `\n${faults.slice(0, 40).join('\n')}`);
});
