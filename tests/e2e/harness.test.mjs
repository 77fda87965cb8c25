// The checks of harness/checks.mjs would be worth nothing if they found nothing: each is shown a page that breaks just
// what it is for, and a page that breaks nothing, with and without JavaScript.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { launch } from './harness/browser.mjs';
import { axeFindsNothing, focusShows, holds, keyboardReaches, noHorizontalScroll, noMissingText, nothingFailed, validHtml } from './harness/checks.mjs';
import { startMailbox } from './harness/mailbox.mjs';

const page = (main, { head = '', title = 'A page' } = {}) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
  <link rel="icon" href="data:,">${head}<title>${title}</title></head><body><main><h1>A page</h1>${main}</main></body></html>`;

const pages = {
  '/good': page('<p><a href="/good">Here</a> <button type="button">Press</button></p><noscript><p>Without scripts.</p></noscript>'),
  '/no-alt': page('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">'),
  '/no-alt-without-script': page('<noscript><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="></noscript>'),
  '/script-mends-it': page('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><script src="/mend.js"></script>'),
  '/not-html': page('<ul><p>Not an item</p></ul>'),
  '/wide': page('<div style="width:600px">Wide</div>'),
  '/key': page('<p>text.email</p>'),
  '/argument': page('<p>There are {count} answers</p>'),
  '/words': page('<p>See text.pdf at https://text.example.org/text.email.</p><p><code>text.email</code></p>'),
  '/trap': page('<p><button type="button" onkeydown="return false">Stay</button> <a id="end" href="/good">End</a></p>'),
  '/unmarked': page('<p><a id="end" href="/good">End</a></p>', { head: '<style>a:focus{outline:none}</style>' }),
  '/out-of-order': page('<p><a href="/good" tabindex="1">First</a> <button type="button" tabindex="-1">Never</button></p>'),
  '/broken': page('<p>Broken</p><script src="/nowhere.js"></script>'),
};

let server, browser, url;
before(async () => {
  server = createServer((request, response) => {
    const found = pages[request.url];
    if (request.url === '/mend.js') return response.end('document.querySelector("img").alt = "";');
    response.writeHead(found ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' }).end(found ?? '');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${server.address().port}`;
  browser = await launch();
});
after(async () => {
  await browser?.close();
  server.close();
});

for (const javascript of [true, false]) {
  const at = async (path, how = {}) => {
    const person = await browser.person({ url, javascript, ...how });
    await person.goto(path);
    return person;
  };
  const refused = (promise, words) => assert.rejects(promise, (error) => words.test(error.message) || assert.fail(error.message));
  const told = javascript ? 'with JavaScript' : 'without JavaScript';

  test(`a good page holds, ${told}`, async () => {
    const person = await at('/good');
    await holds(person);
    await keyboardReaches(person, 'button');
  });

  test(`each check finds what it is for, ${told}`, async () => {
    await refused(axeFindsNothing(await at('/no-alt')), /image-alt/);
    await refused(validHtml(await at('/not-html')), /element-permitted/);
    await refused(noHorizontalScroll(await at('/wide', { width: 320 })), /not fit in 320/);
    await noHorizontalScroll(await at('/wide'));
    await refused(noMissingText(await at('/key')), /text\.email/);
    await refused(noMissingText(await at('/argument')), /\{count\}/);
    await noMissingText(await at('/words'));
    await refused(keyboardReaches(await at('/unmarked'), '#end'), /cannot be seen/);
    await focusShows(await at('/good'));
    await refused(focusShows(await at('/unmarked')), /"End" does not show/);
    await refused(focusShows(await at('/out-of-order')), /"First" stands at 1[^]*"Never" stands at -1/);
  });

  test(`axe sees the page as a person ${told} sees it`, async () => {
    for (const path of ['/no-alt-without-script', '/script-mends-it']) {
      const findings = axeFindsNothing(await at(path));
      await (javascript ? findings : refused(findings, /image-alt/));
    }
  });
}

test('a page that needs a missing file is not whole', async () => {
  const person = await browser.person({ url });
  await person.goto('/broken');
  assert.throws(() => nothingFailed(person), /404/);
});

test('a keyboard trap is found', async () => {
  const person = await browser.person({ url });
  await person.goto('/trap');
  await assert.rejects(keyboardReaches(person, '#end', { within: 20 }), /is not reached in 20 steps/);
});

test('the mailbox hands over a mail that comes after somebody began to wait for it', async () => {
  const mailbox = await startMailbox();
  try {
    const expected = mailbox.to('ada@example.org', { subject: /receipt/ });
    const socket = connect(mailbox.port, '127.0.0.1');
    const lines = ['EHLO test', 'MAIL FROM:<polder@example.org>', 'RCPT TO:<ada@example.org>', 'DATA',
      'Subject: Your receipt\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nKeep https://example.org/r/1\r\n.', 'QUIT'];
    socket.on('data', (answer) => /^\d{3} /m.test(answer) && lines.length && socket.write(`${lines.shift()}\r\n`));
    const mail = await expected;
    assert.equal(mail.subject, 'Your receipt');
    assert.deepEqual(mail.links, ['https://example.org/r/1']);
    await assert.rejects(mailbox.to('bob@example.org', { within: 50 }), /Your receipt/);
  } finally {
    await mailbox.close();
  }
});
