// A whole prize, from its statement to the last payment: reviewed by somebody else, entered by three teams, sealed,
// screened, judged without names, a tie, a conflict that comes to light late, an objection that is upheld, the next in
// line, and money by name. Told on each database, with JavaScript and without; the pages are looked at on the way.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from './harness/client.mjs';
import { scenario } from './harness/scenario.mjs';
import { clockTo, day, faultAt, fill, midnight, dayFromNow, movableClock, now, password, press, second, signIn, until } from './harness/steps.mjs';

const cast = {
  writer: ['Wanda Oord', 'operator'], editor: ['Egon Blick', 'operator'], screener: ['Sienna Zeef', 'screener'],
  seeker: ['Otis Vraag', 'seeker'], overseer: ['Olive Recht', 'overseer'],
  judge1: ['Jade Noot', 'judge'], judge2: ['Jonas Acht', 'judge'], judge3: ['Juno Vijf', 'judge'],
  anna: ['Anna Reed', 'solver'], bram: ['Bram Zegge', 'solver'], cleo: ['Cleo Rush', 'solver'],
  dirk: ['Dirk Lis', 'solver'],
};
const email = (who) => `${who}@prize.example`;
const judges = ['judge1', 'judge2', 'judge3'];
const slug = 'a-sensor-for-ten-euros';
const root = `/prize/challenges/${slug}`;
const submit = 'main form[method=post] button[type=submit]';
const words = (page) => page.locator('main').innerText();
const pdf = { name: 'bill-of-materials.pdf', mimeType: 'application/pdf', buffer: Buffer.from(`%PDF-1.7\n${'x'.repeat(40_000)}`) };

scenario('a prize from its statement to the last payment', async (story) => {
  const { polder } = story;
  // Pages do not differ by database, and every_page.test.mjs looks at them without JavaScript.
  const looks = story.database === 'sqlite' && story.javascript;
  const look = looks ? story.look : async () => {};
  const lookTranslated = looks ? story.lookTranslated : async () => {};
  const at = {}; // who -> page
  const reads = {}; // judge -> numbers of the entries they were given
  // Reed (1) and Sedge (2) get the same sum, Rush (3) less.
  const marks = { 1: ['8', '6'], 2: ['7', '9'], 3: ['5', '5'] };
  await people();
  // `alone`: a page that no other test looks at, so in every language.
  const by = async (who, path, values = {}, { picture, alone = false, flash } = {}) => {
    const page = at[who];
    await page.goto(`${root}${path}`);
    if (alone) await lookTranslated(page, picture);
    await set(page, values);
    if (picture) await look(page, picture);
    await page.locator(submit).last().click();
    await page.waitForLoadState();
    assert.equal(await page.locator('.summary').count(), 0, `${who} at ${path}: ${await words(page)}`);
    if (flash) assert.match(await words(page), flash);
    return page;
  };

  await isWritten();
  await isEntered();
  await isScreened();
  await isJudged();
  await isDoubted();
  await isPaid();

  async function people() {
    // One after the other: passwords are hashed by few hands.
    for (const who of Object.keys(cast)) await signUp(who);
    for (const who of Object.keys(cast)) {
      at[who] = await story.person();
      await signIn(at[who], { email: email(who) });
    }
  }

  async function signUp(who) {
    const client = new Client(polder.url);
    const sent = await client.post('/account/sign-up', { email: email(who), 'full-name': cast[who][0], password, language: 'en' });
    assert.equal(sent.status, 303, who);
    const mail = await polder.mailbox.to(email(who), { subject: /Make your account/ });
    const { pathname } = new URL(mail.links.find((link) => link.includes('/confirm/')));
    assert.equal((await client.post(pathname, { key: pathname })).status, 303);
  }

  async function isWritten() {
    const { writer, editor } = at;
    await writer.goto('/prize/challenges');
    await look(writer, 'nothing-yet');
    await press(writer, 'a[href$="/challenges/new"]');
    const opens = dayFromNow(polder, 1), closes = dayFromNow(polder, 16);
    await set(writer, {
      'statement.title': 'A sensor for ten euros', 'statement.summary': 'Measure nitrate in a ditch for less than ten euros.',
      'statement.kind': 'reduction-to-practice', 'statement.seeker': 'The water board', 'statement.problem': 'Laboratories are **slow**.',
      'statement.solution': 'A sensor that a farmer reads alone.', 'statement.criteria.0.words': 'Costs less than ten euros',
      'statement.criteria.0.evidence': 'A bill of materials', 'statement.entry.0.label': 'How it works', 'statement.entry.0.at-most': '2000',
      'statement.entry.0.judges-see': true, 'statement.entry.1.label': 'Who you are', 'statement.entry.1.at-most': '500',
      'statement.files': '2', 'statement.file-megabytes': '1', 'statement.exclusions.0.words': 'Whoever advised on this statement', 'statement.agreement': 'You keep what you read here to yourself.',
      'statement.mode': 'ranked', 'statement.currency': 'EUR', 'statement.prizes.0.name': 'First prize', 'statement.prizes.0.amount': '10000',
      'statement.prizes.0.given-for': 'place', 'statement.prizes.1.name': 'Second prize', 'statement.prizes.1.amount': '5000',
      'statement.prizes.1.given-for': 'place', 'statement.rights': 'winners-only', 'statement.rights-words': 'Winners sign an agreement.',
      'statement.rubric.0.name': 'Accuracy', 'statement.rubric.0.weight': '3', 'statement.rubric.0.max': '10',
      'statement.rubric.1.name': 'Ease', 'statement.rubric.1.weight': '1', 'statement.rubric.1.max': '10', 'statement.readers': '2',
      'statement.objection-days': '7', 'statement.ties.0.by': 'criterion', 'statement.ties.0.criterion': '1',
      'statement.opens': `${opens}T00:00`, 'statement.closes': `${opens}T00:00`,
    });
    await look(writer, 'new-challenge');
    await writer.locator(submit).last().click();
    assert.match(await faultAt(writer, 'statement.closes'), /before|after|opens/);
    assert.equal(await writer.inputValue('[name="statement.title"]'), 'A sensor for ten euros');
    await writer.fill('[name="statement.closes"]', `${closes}T00:00`);
    await writer.locator(submit).last().click();
    await writer.waitForURL(`**${root}`);
    await look(writer, 'preview');
    assert.equal((await at.anna.goto(root)).status(), 404, 'a draft is nobody else’s');
    await press(writer, 'a[href$="/attachments"]');
    await writer.setInputFiles('[name=file]', { ...pdf, name: 'map of the ditches.pdf' });
    await writer.locator('main form[action$="/attachments"] button').click();
    await writer.waitForLoadState();
    assert.match(await words(writer), /map of the ditches\.pdf/);
    await look(writer, 'attachments');
    await by('writer', '/submit');
    await writer.goto(`${root}/publish`);
    await writer.locator(submit).last().click();
    assert.match(await words(writer), /did not write/);
    await by('editor', '/publish', {}, { picture: 'publish' });
    await by('writer', '/seeker', { email: email('seeker') });
    clockTo(polder, midnight(opens) + second);
    await until(at.anna, root, async (page) => /Join|Enter|Take part/i.test(await words(page)));
    await look(at.anna, 'challenge');
    assert.match(await words(at.anna), /Not for: Whoever advised on this statement/);
    const map = await at.anna.locator('a[href*="/attachments/"]').getAttribute('href');
    assert.equal((await at.anna.request.get(map)).status(), 200);
    assert.equal((await (await story.person()).goto(root)).status(), 404, 'nothing of a closed platform is found from outside');
    assert.equal((await editor.goto(root)).status(), 200);
  }

  async function isEntered() {
    const enter = async (who, team, how) => {
      await by(who, '/join', { team, 'known-as': cast[who][0], entrant: 'person', country: 'NL', 'none-excluded': true, agrees: true }, who === 'anna' ? { picture: 'join' } : {});
      await by(who, '/entries/new', { title: `The ${team} way`, 'answers.0.words': how, 'answers.1.words': `We are ${cast[who][0]}.` }, who === 'anna' ? { picture: 'write-entry' } : {});
      const page = at[who];
      if (who === 'anna') {
        await page.setInputFiles('[name=file]', { name: 'tool.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ\x90\x00nothing') });
        await page.locator('form[action$="/files"] button').click();
        assert.match(await words(page), /tool\.exe/);
        await look(page, 'file-refused', { status: 422 });
        await page.setInputFiles('[name=file]', pdf);
        await page.locator('form[action$="/files"] button').click();
        assert.match(await words(page), /bill-of-materials\.pdf/);
        await look(page, 'entry-draft');
      }
      await page.locator('form[action$="/seal"] button').click();
      await page.waitForURL('**/receipts/*');
      if (who === 'anna') await look(page, 'sealed');
    };
    await enter('anna', 'Reed', 'A strip of copper that turns green.');
    await isJoined();
    await enter('bram', 'Sedge', 'A drop of dye, and a card to compare.');
    await enter('cleo', 'Rush', 'A frog that croaks.');
    const { to, attachments } = await polder.mailbox.to(email('anna'), { subject: /receipt|proof/i });
    assert.deepEqual(to, [email('anna')]);
    assert.equal(attachments.length, 1);
    assert.doesNotMatch(attachments[0].content.toString(), /copper/i);
    // Sealed means sealed: not for who runs it, not for another team.
    for (const who of ['writer', 'screener', 'seeker', 'bram'])
      for (const path of ['/screening', '/entries.csv', '/result', '/assignment'])
        assert.notEqual((await at[who].goto(`${root}${path}`)).status(), 200, `${who} at ${path}`);
    for (const who of judges) {
      await at.writer.goto(`${root}/panel`);
      await set(at.writer, { email: email(who), 'known-as': cast[who][0], organisation: 'University of the Delta', expertise: 'copper, dye', most: '5' });
      await at.writer.locator(submit).last().click();
      await at.writer.waitForLoadState();
    }
    await at.writer.goto(`${root}/panel`);
    await look(at.writer, 'panel');
    clockTo(polder, midnight(dayFromNow(polder, 15)) + second);
    await until(at.screener, `${root}/screening`, async (page) => /Entry 3/.test(await words(page)));
    await at.anna.goto(`${root}/entries/new`);
    assert.notEqual(await at.anna.locator('[name=title]').count(), 1, 'a second late is late');
  }

  /** Anna invites somebody into Reed, and takes back what went to a wrong address. */
  async function isJoined() {
    for (const address of ['drik@prize.example', email('dirk')]) await by('anna', '/invite', { email: address });
    await at.anna.goto(`${root}/team`);
    await look(at.anna, 'team');
    await at.anna.locator('form[action$="/withdraw-invitation"]:has([value="drik@prize.example"]) button').click();
    await at.anna.waitForLoadState();
    const { links } = await polder.mailbox.to(email('dirk'), { subject: /Reed/ });
    await at.dirk.goto(links.find((link) => link.endsWith('/invitations')));
    await look(at.dirk, 'invitations');
    await press(at.dirk, 'main a[href*="/invitations/"]');
    await lookTranslated(at.dirk, 'accept-invitation');
    await at.dirk.locator(submit).last().click();
    assert.match(await faultAt(at.dirk, 'known-as'), /\w/);
    await set(at.dirk, { 'known-as': cast.dirk[0], 'none-excluded': true, agrees: true });
    await look(at.dirk, 'accept-invitation', { status: 422 });
    await at.dirk.locator(submit).last().click();
    await at.dirk.waitForURL('**/team');
    const team = await words(at.dirk);
    assert.match(team, /Dirk Lis/);
    assert.doesNotMatch(team, /drik@/);
  }

  async function isScreened() {
    await look(at.screener, 'screening');
    for (const n of [1, 2, 3]) {
      await by('screener', `/screening/${n}`, {
        'checks.0.finding': 'met', 'checks.0.evidence': 'The bill says nine.', outcome: 'admissible',
      }, n === 1 ? { picture: 'screen-entry' } : {});
    }
    for (const who of judges) {
      const page = at[who];
      await page.goto(`${root}/judging`);
      if (who === 'judge1') await look(page, 'declare');
      for (const n of [0, 1, 2]) await choose(page, `teams.${n}.interest`, 'none');
      await page.locator(submit).last().click();
      await page.waitForLoadState();
    }
    await at.writer.goto(`${root}/assignment`);
    await press(at.writer, 'form[action$="/assignment/begin"] button');
    await look(at.writer, 'assignment');
  }

  /** Everybody marks what they were given. */
  async function markAll(who, picture) {
    const page = at[who];
    await page.goto(`${root}/judging`);
    const packets = await page.locator('a[href*="/packets/"]').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
    for (const path of packets) {
      await page.goto(path);
      const n = path.split('/').pop();
      if (!(await page.locator('[name="marks.0.mark"]').count())) continue;
      assert.doesNotMatch(await words(page), /Reed|Sedge|Rush|Anna|Bram|Cleo/, 'a packet names nobody');
      await set(page, { 'marks.0.mark': marks[n][0], 'marks.1.mark': marks[n][1], 'to-solver': 'Show the error bars.' });
      if (picture) await look(page, picture);
      picture = undefined;
      await page.locator('button[name=giving][value=given]').click();
      await page.waitForLoadState();
    }
    return packets.map((path) => path.split('/').pop());
  }

  async function isJudged() {
    for (const who of judges) reads[who] = await markAll(who, who === 'judge1' ? 'packet' : undefined);
    await by('writer', '/deliberation', {}, { picture: 'begin-deliberation' });
    await at.judge1.goto(`${root}/deliberation`);
    await look(at.judge1, 'deliberation');
    await at.writer.goto(root);
    await press(at.writer, `main a[href="${root}/announce"]`);
    await at.writer.locator(submit).last().click();
    await at.writer.waitForURL('**/result');
    const text = await words(at.writer);
    assert.match(text, /30/);
    assert.match(text, /Accuracy/, 'the tie is decided by what the statement says, and so it says here');
    await look(at.writer, 'provisional');
    await lookTranslated(at.writer, 'provisional');
    await at.anna.goto(`${root}/team`);
    await at.anna.locator('a[href*="/entries/"]').first().click();
    assert.match(await words(at.anna), /Show the error bars/);
    await look(at.anna, 'feedback');
  }

  async function isDoubted() {
    // A judge of Reed turns out to be an interested party: the marks are void, and the ranking is not what is awarded.
    const late = judges.find((who) => reads[who].includes('1'));
    await by('screener', '/report-conflict', { judge: { label: cast[late][0] }, team: { label: 'Reed' }, reason: 'They share a laboratory.' });
    assert.equal((await at[late].goto(`${root}/packets/1`)).status(), 404, 'barred in the same moment');
    await by('writer', '/deliberate-again', { why: 'A judge of entry 1 had an interest.' }, { picture: 'deliberate-again', alone: true });
    const other = judges.find((who) => !reads[who].includes('1'));
    await by('writer', '/assignment/1', { to: { text: cast[other][0] }, 'over-load': true, reason: 'Instead of a judge with an interest.' });
    await markAll(other);
    await by('writer', '/announce', { why: 'A conflict came to light, and somebody else has marked entry 1.' }, { picture: 'announce-again', alone: true });
    // Sedge objects to Reed; the overseer did not judge, and decides.
    await at.bram.goto(`${root}/team`);
    await at.bram.locator('a[href*="/entries/"]').first().click();
    await at.bram.locator('main a[href$="/object"]').first().click();
    await lookTranslated(at.bram, 'object');
    await set(at.bram, { words: 'The copper of entry 1 was bought, not made.' });
    await look(at.bram, 'object');
    await at.bram.locator(submit).last().click();
    await at.bram.waitForLoadState();
    await at.overseer.goto(`${root}/result`);
    await at.overseer.locator('main a[href*="/objections/"]').first().click();
    await lookTranslated(at.overseer, 'decide-objection');
    await set(at.overseer, { upheld: true, decision: 'It was bought: the statement asks for something made.', disqualifies: '1' });
    await look(at.overseer, 'decide-objection');
    await at.overseer.locator(submit).last().click();
    await at.overseer.waitForLoadState();
    // The winner’s papers are not in order: the next in line takes the place.
    await by('writer', '/winners/2', { passed: false, reason: 'Nobody of that name lives there.' }, { picture: 'check-winner', alone: true });
    await by('writer', '/winners/3', { passed: true, reason: 'All there.' });
    await at.writer.goto(`${root}/award`);
    await at.writer.locator(submit).last().click();
    assert.match(await words(at.writer), /objection/i, 'not before the window is over');
    clockTo(polder, now(polder) + 9 * day);
  }

  async function isPaid() {
    await by('writer', '/award', {}, { picture: 'award', alone: true });
    assert.match(await words(at.writer), /Rush/);
    await at.writer.goto(`${root}/result`);
    await look(at.writer, 'awarded');
    await lookTranslated(at.writer, 'awarded');
    await at.writer.locator('main a[href$="/plan"]').first().click();
    const accepter = email('seeker');
    const plan = { 'tranches.0.milestone': 'A prototype that works', 'tranches.0.amount': '4000', 'tranches.0.accepter': accepter, 'tranches.1.milestone': 'A report', 'tranches.1.accepter': accepter };
    await lookTranslated(at.writer, 'plan');
    await set(at.writer, { ...plan, 'tranches.1.amount': '5999.99' });
    await at.writer.locator(submit).last().click();
    assert.match(await words(at.writer), /9999\.99/, 'parts that do not add up are refused');
    await look(at.writer, 'plan-refused', { status: 422 });
    await set(at.writer, { 'tranches.1.amount': '6000' });
    await at.writer.locator(submit).last().click();
    await at.writer.waitForURL('**/result');
    for (const n of [0, 1]) {
      await at.seeker.goto(`${root}/result`);
      await at.seeker.locator('main a[href$="/accept"]').first().click();
      if (n === 0) await lookTranslated(at.seeker, 'accept-milestone');
      await set(at.seeker, { words: 'I have it in my hand.' });
      if (n === 0) await look(at.seeker, 'accept-milestone');
      await at.seeker.locator(submit).last().click();
      await at.seeker.waitForLoadState();
      await at.writer.goto(`${root}/result`);
      await at.writer.locator('main a[href$="/pay"]').first().click();
      if (n === 0) await lookTranslated(at.writer, 'pay');
      await set(at.writer, { payee: 'Cleo Rush', 'account-end': '4242' });
      if (n === 0) await look(at.writer, 'pay');
      await at.writer.locator(submit).last().click();
      await at.writer.waitForLoadState();
    }
    await at.cleo.goto(`${root}/report`);
    await look(at.cleo, 'report');
    assert.match(await words(at.cleo), /Rush/);
    await at.cleo.goto(`${root}/result`);
    const file = await (await at.cleo.request.get(`${root}/result/ranking.json`)).body();
    await writeFile(join(polder.data, 'ranking.json'), file);
    const answer = JSON.parse((await polder.command('challenges', 'rank', join(polder.data, 'ranking.json'), '--json')).stdout);
    assert.deepEqual(answer.ranking.map(({ entry, rank, amount }) => [entry, rank, amount]), [['3', 1, 1_000_000]]);
  }

  async function choose(page, name, value) {
    const field = page.locator(`[name="${name}"][value="${value}"]`);
    await field.focus();
    await page.keyboard.press('Space');
    assert.ok(await field.isChecked(), `${name} is not ${value}`);
  }

  /** Fills in fields of any kind: text, a tick, a choice, a choice in a list of rows. */
  async function set(page, values) {
    for (const [name, value] of Object.entries(values)) {
      const field = page.locator(`[name="${name}"]`);
      const kind = await field.first().evaluate((e) => (e.tagName === 'SELECT' ? 'select' : e.type), null, { timeout: 5_000 }).catch(() => {
        throw new Error(`${page.url()} has no field ${name}`);
      });
      if (kind === 'checkbox') {
        // By the keyboard: a page that scrolls smoothly moves under a mouse.
        await field.first().focus();
        if ((await field.first().isChecked()) !== value) await page.keyboard.press('Space');
        assert.equal(await field.first().isChecked(), value, name);
      } else if (kind === 'radio') await choose(page, name, value);
      else if (kind === 'select' && value.text) {
        const option = field.first().locator('option', { hasText: value.text }).first();
        await field.first().selectOption(await option.getAttribute('value'));
      } else if (kind === 'select') await field.first().selectOption(value);
      else await field.first().fill(value);
    }
  }
}, { ...movableClock, smtp: true, timeout: 900_000, prepare });

async function prepare(one) {
  const act = async (name, platform, fields) => {
    const file = join(one.data, 'act.json');
    await writeFile(file, JSON.stringify(fields));
    return one.command('act', name, ...one.storage, ...(platform ? ['--platform', platform] : []), '--json', file);
  };
  await act('platforms.create', null, {
    slug: 'prize', title: 'Prizes of the Delta', administrator: 'admin@prize.example', charter: 'prize', 'operated-by': 'Delta Works',
    languages: ['en', 'nl', 'de'], officials: [],
  });
  for (const [who, [, role]] of Object.entries(cast)) await act('platforms.appoint', 'prize', { email: email(who), role });
}
