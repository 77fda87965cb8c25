// The path that must work: from an empty folder and a draft law to an answered report and a receipt that anybody can
// check. Told once on each database, with JavaScript and without; every page is looked at on the way.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { keyboardReaches } from './harness/checks.mjs';
import { scenario } from './harness/scenario.mjs';
import {
  admin, becomeAdministrator, clockTo, day, dayFromNow, faultAt, fill, lawFile, midnight, movableClock, now, official, password,
  press, setupAddress, second, signIn, signUp, until, words, writeConsultation,
} from './harness/steps.mjs';

const mara = { name: 'Mara Linden', email: 'mara@example.org' };
const wim = { name: 'Wim Stil', email: 'wim@example.org' };
const slug = 'should-engines-stand-still-in-harbours-at-night';
const root = `/harbour/consultations/${slug}`;
const response = {
  answer: 'From eleven would do: fishing boats come in late.',
  remark: 'Who measures that, and where? Eight metres with or without the rudder?',
  quote: 'Engines stand still in a harbour at night.',
};
const mainText = (page) => page.locator('main').innerText();
const send = (step) => `main button[name=step][value=${step}]`;
const submit = 'main form[method=post] button[type=submit]';

scenario('from a draft law to an answered report', async (story) => {
  const { polder, person, look } = story;
  const [administrator, otto, visitor, other] = [await person(), await person(), await person(), await person()];
  const step = (name, run) => story.t.test(name, run);
  const first = dayFromNow(polder, 2), last = dayFromNow(polder, 31);

  await makesPlatform();
  await drafts();
  const receipt = await responds();
  await othersRead();
  await closes();
  await answers();
  await reports();
  await isTold();
  await proves();

  async function makesPlatform() {
    assert.match(setupAddress(polder), /^http:\/\/127\.0\.0\.1:\d+\/setup\/.{20,}$/);
    await administrator.goto(setupAddress(polder));
    await look(administrator, 'setup');
    await fill(administrator, { name: admin.name, email: admin.email, password: 'short' });
    await press(administrator, submit);
    assert.ok(await faultAt(administrator, 'password'));
    assert.equal(await administrator.inputValue('[name=email]'), admin.email);
    await look(administrator, 'setup-refused', { status: 422 });
    await becomeAdministrator(polder, administrator);
    await look(administrator, 'server');
    // The address is good for one.
    assert.equal((await otto.goto(setupAddress(polder) ?? '')).status(), 404);

    await administrator.goto('/server/platforms/new');
    await look(administrator, 'new-platform');
    await fill(administrator, {
      slug: 'harbour', title: 'Laws of the harbour', 'operated-by': 'Ministry of Water', administrator: admin.email,
      'officials.0': official.email,
    });
    await choose(administrator, 'charter', 'legislation');
    for (const language of ['en', 'nl', 'de']) await administrator.check(`[name=languages][value=${language}]`);
    await press(administrator, submit);
    assert.match(await mainText(administrator), /Laws of the harbour/);
    await look(administrator, 'platform');

    const start = await person();
    await start.goto('/');
    await look(start, 'start');
    await start.goto('/harbour/');
    assert.match(await mainText(start), /No consultation yet/);
    await look(start, 'platform-empty');
  }

  async function drafts() {
    await otto.goto('/harbour/consultations');
    assert.equal(await otto.locator('a[href$="/consultations/new"]').count(), 0);
    await signUp(polder.mailbox, otto, official);
    await look(otto, 'account');
    await otto.goto('/harbour/consultations');
    await press(otto, 'a[href$="/consultations/new"]');
    await look(otto, 'new-consultation');

    // A period that ends before it begins: the reason stands beside the field and nothing is lost.
    await writeConsultation(otto, { first, last: dayFromNow(polder, 1) });
    await press(otto, submit);
    assert.match(await faultAt(otto, 'last-day'), /must not be before/);
    for (const [name, value] of Object.entries(words)) assert.equal(await otto.inputValue(`[name="${name}"]`), value, name);
    await look(otto, 'new-consultation-refused', { status: 422 });

    // Too short for the charter: it may be kept as a draft, and is not published.
    await writeConsultation(otto, { first, last: dayFromNow(polder, 20) });
    await press(otto, submit);
    await otto.waitForURL(`**${root}`);
    assert.match(await mainText(otto), /Only you and your colleagues see this/);
    await look(otto, 'preview');
    const stranger = await person();
    assert.equal((await stranger.goto(root)).status(), 404);
    await otto.goto(root);
    await press(otto, `a[href="${root}/publish"]`);
    await look(otto, 'publish');
    await press(otto, submit);
    assert.match(await faultAt(otto, 'last-day'), /at least 4 weeks/);
    assert.equal(await otto.inputValue('[name=title]'), words.title);
    await look(otto, 'publish-refused', { status: 422 });
    await otto.fill('[name=last-day]', last);
    await press(otto, submit);
    await otto.waitForURL(`**${root}`);
    await press(otto, `a[href="${root}/publish"]`);
    await press(otto, submit);
    await otto.waitForURL(`**${root}`);
    assert.match(await mainText(otto), /Published\./);
    await look(otto, 'published');

    await visitor.goto(`${root}/respond`);
    assert.match(await mainText(visitor), /opens on/);
    await look(visitor, 'not-open-yet', { status: 403 });
    clockTo(polder, midnight(first) - second);
    await visitor.goto(root);
    assert.equal(await visitor.locator(`a[href="${root}/respond"]`).count(), 0);
    clockTo(polder, midnight(first));
    await until(visitor, root, async (page) => (await page.locator(`a[href="${root}/respond"]`).count()) > 0);
  }

  async function responds() {
    await look(visitor, 'consultation');
    await press(visitor, `main a[href="${root}/draft"]`);
    await look(visitor, 'draft');
    const contents = await visitor.locator('nav[data-contents] a').allInnerTexts();
    assert.equal(contents.length, 4);
    assert.match(contents[1], /Article 2 Quiet at night/);

    // From an article to the remark about it.
    const article = visitor.locator('.provision', { hasText: 'Engines stand still' }).first();
    if (story.javascript) {
      await article.getByText('Engines stand still').click({ clickCount: 3 });
      const quoted = article.locator('[name=quote]');
      await visitor.waitForFunction((field) => field.value !== '', await quoted.elementHandle());
      assert.equal(await quoted.inputValue(), response.quote);
    }
    await article.locator('summary').click();
    if (!story.javascript) await article.locator('[name=quote]').fill(response.quote);
    await look(visitor, 'draft-remark');
    await article.locator('summary').press('Enter');
    await article.locator('summary').press('Enter');
    await article.locator('button').press('Enter');
    await visitor.waitForURL(`**${root}/respond?**`);
    assert.equal(await visitor.inputValue('[name="remarks.0.quote"]'), response.quote);
    assert.equal(await visitor.locator('[name="remarks.0.article"] option:checked').innerText(), 'Article 2 Quiet at night');
    await look(visitor, 'respond');

    // Nothing said, no address: told beside the fields.
    await press(visitor, send('check'));
    assert.ok(await faultAt(visitor, 'email'));
    await look(visitor, 'respond-refused', { status: 422 });

    await fill(visitor, { 'answers.0.words': response.answer, 'remarks.0.words': response.remark, 'signed-as': mara.name, email: mara.email });
    await visitor.check('[name=visibility][value=public-name]');
    await press(visitor, send('check'));
    const checked = await mainText(visitor);
    for (const part of [response.answer, response.remark, response.quote, mara.name, mara.email, 'Everybody, with my name'])
      assert.ok(checked.includes(part), `${part} is missing from the last look`);
    await look(visitor, 'look-once-more');
    await press(visitor, send('change'));
    assert.equal(await visitor.inputValue('[name="answers.0.words"]'), response.answer);
    response.answer += ' And they leave at five.';
    await visitor.fill('[name="answers.0.words"]', response.answer);
    await press(visitor, send('check'));
    await press(visitor, send('send'));
    await visitor.waitForURL('**/check-your-mail');
    await look(visitor, 'check-your-mail');

    // Nothing counts before the address is confirmed, and opening the link alone does nothing.
    await other.goto(`${root}/responses`);
    assert.match(await mainText(other), /0 responses/);
    const asked = await polder.mailbox.to(mara.email, { subject: /confirm/i });
    await visitor.goto(asked.links.find((link) => link.includes('/confirm/')));
    await look(visitor, 'confirm');
    await press(visitor, submit);
    await visitor.waitForURL('**/harbour/receipts/*');
    await look(visitor, 'receipt');

    const mail = await polder.mailbox.to(mara.email, { subject: /is in/i });
    const attached = mail.attachments.find(({ filename }) => filename.endsWith('.tlog-proof'));
    assert.ok(attached, 'the receipt is not attached');
    assert.ok(mail.links.some((link) => link.startsWith(polder.url)), 'no link to the response in the mail');
    const saved = await visitor.request.get(await visitor.locator('main a[download]').getAttribute('href'));
    assert.match(saved.headers()['content-disposition'], /filename="[\w-]+\.tlog-proof"/);
    assert.match(await saved.text(), /^c2sp\.org\/tlog-proof@v1\n/);

    // The same confirmation again: the same receipt, and still one response.
    const receiptPage = visitor.url();
    await visitor.goto(asked.links.find((one) => one.includes('/confirm/')));
    assert.equal(visitor.url(), receiptPage);
    return attached.content;
  }

  async function othersRead() {
    // Wim is for the officials only: counted, not shown.
    await other.goto(`${root}/respond`);
    await fill(other, { 'answers.1.words': 'The night nurse who sails home at three.', 'signed-as': wim.name, email: wim.email });
    await other.check('[name=visibility][value=officials]');
    await other.click(send('check'));
    await other.click(send('send'));
    const asked = await polder.mailbox.to(wim.email, { subject: /confirm/i });
    await other.goto(asked.links.find((link) => link.includes('/confirm/')));
    await other.click(submit);
    await other.waitForURL('**/harbour/receipts/*');

    const reader = await person();
    await until(reader, `${root}/responses`, async (page) => /2 responses, of which 1 is public/.test(await mainText(page)));
    const list = await mainText(reader);
    for (const part of [mara.name, response.answer, response.remark, response.quote]) assert.ok(list.includes(part), part);
    for (const secret of ['night nurse', wim.name, wim.email, mara.email])
      assert.ok(!(await reader.content()).includes(secret), `everybody can read "${secret}"`);
    await look(reader, 'responses');

    await keyboardReaches(reader, '.filters select');
    await reader.selectOption('[name=article]', { label: 'Article 2 Quiet at night' });
    await press(reader, '.filters button');
    assert.match(await mainText(reader), new RegExp(mara.name));
    await reader.goto(`${root}/responses?article=art_3`);
    assert.match(await mainText(reader), /No response here/);
    await look(reader, 'responses-none');
    await reader.goto(`${root}/responses`);
    await reader.selectOption('[name=question]', '1');
    await press(reader, '.filters button');
    assert.match(await mainText(reader), /fishing boats/);
    await reader.goto(`${root}/responses?question=2`);
    assert.doesNotMatch(await mainText(reader), /fishing boats|night nurse/);
    await reader.goto(`${root}/draft`);
    await look(reader, 'draft-with-remarks');
  }

  async function closes() {
    // Two more, so that several can be answered together; and one who is a second too late.
    for (const [name, remark] of [['Bo Zeiler', 'Say who counts the nights.'], ['Kees Roer', 'A fee by the week is cheaper to collect.']]) {
      const page = await person();
      await page.goto(`${root}/respond?article=art_3`);
      await fill(page, { 'remarks.0.words': remark, 'signed-as': name, email: `${name.split(' ')[0].toLowerCase()}@example.org` });
      await page.check('[name=visibility][value=public-anonymous]');
      await page.click(send('check'));
      await page.click(send('send'));
      const asked = await polder.mailbox.to(`${name.split(' ')[0].toLowerCase()}@example.org`, { subject: /confirm/i });
      await page.goto(asked.links.find((link) => link.includes('/confirm/')));
      await page.click(submit);
      await page.waitForURL('**/harbour/receipts/*');
    }
    const late = await person();
    const end = midnight(last) + day;
    clockTo(polder, end - 60 * second);
    await late.goto(`${root}/respond`);
    await fill(late, { 'answers.0.words': 'I wrote for a long time.', 'signed-as': 'Late Larissa', email: 'late@example.org' });
    await late.check('[name=visibility][value=public-name]');
    clockTo(polder, end + second);
    await late.click(send('check'));
    assert.match(await mainText(late), /closed on .* at /);
    assert.equal(await late.inputValue('[name="answers.0.words"]'), 'I wrote for a long time.');
    await look(late, 'too-late', { status: 403 });
    await until(late, root, async (page) => (await page.locator('[aria-current=step]').innerText()).includes('Being answered'));
    await look(late, 'closed');
  }

  async function answers() {
    // A month has passed since the official was here.
    await signIn(otto, official, `${root}/desk`);
    await otto.waitForURL(`**${root}/desk`);
    await look(otto, 'desk');
    assert.match(await mainText(otto), /night nurse/);
    await press(otto, submit);
    assert.ok(await faultAt(otto, 'words'));
    await otto.check('[name=outcome][value=changed]');
    await otto.fill('[name=words]', 'Night now begins at eleven for fishing boats.');
    await press(otto, submit);
    assert.match(await mainText(otto), /Tick at least one response/);
    assert.equal(await otto.inputValue('[name=words]'), 'Night now begins at eleven for fishing boats.');
    await look(otto, 'desk-refused', { status: 422 });

    const tick = (text) => otto.locator('article.answer', { hasText: text }).locator('input[type=checkbox]').check();
    await tick(response.answer);
    await otto.selectOption('[name=article]', 'art_2');
    await press(otto, submit);
    assert.match(await mainText(otto), /answer is published/);
    await otto.selectOption('[name=about]', 'art_3');
    await press(otto, '.filters button');
    await tick('counts the nights');
    await tick('by the week');
    assert.equal(await otto.inputValue('[name=article]'), 'art_3');
    await otto.check('[name=outcome][value=kept]');
    await otto.fill('[name=words]', 'The harbour master counts already, every morning.');
    await press(otto, submit);
    assert.match(await mainText(otto), /answer is published/);
    await otto.goto(`${root}/desk`);
    assert.match(await mainText(otto), /3 of 4 answered, 75/);
    await look(otto, 'desk-answered');
  }

  async function reports() {
    await press(otto, `a[href="${root}/write-report"]`);
    assert.match(await mainText(otto), /1 response is not answered yet/);
    await look(otto, 'write-report');
    await otto.fill('[name=words]', '');
    await press(otto, submit);
    assert.ok(await faultAt(otto, 'words'));
    await otto.fill('[name=words]', '## What you said\n\nFour people wrote.\n\n## What happens next\n\nThe draft goes to **parliament**.');
    await press(otto, submit);
    const reader = await person();
    await until(reader, `${root}/report`, async (page) => /Four people wrote/.test(await mainText(page)));
    const report = await mainText(reader);
    for (const part of ['75', 'Article 2 Quiet at night', 'Night now begins at eleven', 'The harbour master counts']) assert.ok(report.includes(part), part);
    await look(reader, 'report');
    await reader.goto(root);
    await look(reader, 'answered');
  }

  async function isTold() {
    const answered = await polder.mailbox.to(mara.email, { subject: /has been answered/ });
    assert.match(answered.text, /Night now begins at eleven/);
    await polder.mailbox.to(mara.email, { subject: /What was done/ });
    await polder.mailbox.to(wim.email, { subject: /What was done/ });
    await visitor.goto(answered.links.find((link) => link.includes('/responses/')) ?? answered.links[0]);
    assert.match(await mainText(visitor), /Night now begins at eleven/);
    await look(visitor, 'one-response-answered');

    // A month later Wim is signed out, and never chose a password: his mail leads him there all the same.
    clockTo(polder, now(polder) + 31 * day);
    const { links } = await polder.mailbox.to(wim.email, { subject: /What was done/ });
    await other.goto(links.find((link) => link.includes('/responses/')));
    assert.doesNotMatch(await mainText(other), /night nurse/);
    await look(other, 'sign-in-to-see', { status: 404 });
    await press(other, 'main a[href*="/account/sign-in"]');
    await press(other, 'main a[href="/account/reset"]');
    await other.fill('[name=email]', wim.email);
    await press(other, submit);
    const letter = await polder.mailbox.to(wim.email, { subject: /password/i });
    await other.goto(letter.links.find((link) => link.includes('/reset/')));
    await other.fill('[name=password]', password);
    await press(other, submit);
    await other.goto(links.find((link) => link.includes('/responses/')));
    assert.match(await mainText(other), /night nurse/);
    await look(other, 'ones-own-response');
  }

  async function proves() {
    const { platforms } = await (await visitor.request.get('/api/v1/platforms')).json().then((body) => ({ platforms: body.platforms ?? body }));
    const { record } = platforms.find((one) => one.slug === 'harbour');
    const at = join(polder.data, 'mara.tlog-proof');
    await writeFile(at, receipt);
    const { stdout } = await polder.command('record', 'verify', at, '--key', record.vkey);
    assert.match(stdout, /fishing boats/);
    for (const place of [0, 0.25, 0.5, 0.75, 0.99]) {
      const forged = Buffer.from(receipt);
      forged[Math.floor(place * forged.length)] ^= 1;
      await writeFile(at, forged);
      await assert.rejects(polder.command('record', 'verify', at, '--key', record.vkey), { code: 1 }, `a byte changed at ${place}`);
    }
    const audit = await polder.command('record', 'audit', record.url, '--key', record.vkey, '--json');
    assert.equal(JSON.parse(audit.stdout).valid, true);

    const reader = await person();
    await reader.goto('/harbour/record');
    await look(reader, 'record');
  }
}, { smtp: true, timeout: 900_000, ...movableClock });

/** A choice is a list or a row of buttons: whichever the page has. */
async function choose(page, name, value) {
  const field = page.locator(`[name="${name}"]`).first();
  if ((await field.evaluate((e) => e.tagName)) === 'SELECT') await field.selectOption(value);
  else await page.check(`[name="${name}"][value="${value}"]`);
}
