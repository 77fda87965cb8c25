// One story, told on both databases, with and without JavaScript: on SQLite with, on PostgreSQL without. POLDER_E2E asks
// for others while one works on a story: "sqlite", "postgres", "script", "plain", or two of them with a comma.
import { test } from 'node:test';
import { launch } from './browser.mjs';
import { holds, holdsTranslated } from './checks.mjs';
import { startPolder } from './polder.mjs';

const wanted = (process.env.POLDER_E2E ?? '').split(',').filter(Boolean);
const kinds = wanted.length
  ? ['sqlite', 'postgres'].flatMap((database) => [[database, 'script'], [database, 'plain']]).filter((kind) => wanted.every((word) => kind.includes(word)))
  : [['sqlite', 'script'], ['postgres', 'plain']];

/**
 * scenario('a visitor answers', async ({ polder, person, look }) => { … }, { smtp: true })
 *   polder   the running program (harness/polder.mjs)
 *   person   a new profile's page; options as in harness/browser.mjs
 *   look     all that must hold on a page, and its picture: look(page, 'start')
 *   lookTranslated   the same in Dutch and German, for a page that every_page.test.mjs cannot have; before something is typed there
 * Options: those of startPolder, and `timeout`, where a story needs its own.
 */
export function scenario(name, story, options = {}) {
  for (const [database, mode] of kinds) {
    const javascript = mode === 'script';
    test(`${name} (${database}, ${mode})`, { timeout: options.timeout ?? 300_000 }, async (t) => {
      const polder = await startPolder({ ...options, database });
      const browser = await launch();
      const people = [];
      const person = async (how = {}) => {
        const page = await browser.person({ url: polder.url, javascript, ...how });
        people.push(page);
        return page;
      };
      let pictures = 0;
      const named = (what) => what && `${mode}-${String(++pictures).padStart(2, '0')}-${what}`;
      const look = (page, what, how) => holds(page, named(what), how);
      const lookTranslated = (page, what) => holdsTranslated(page, named(what));
      try {
        await story({ t, polder, mailbox: polder.mailbox, person, look, lookTranslated, database, javascript });
      } catch (error) {
        for (const page of people) if (!page.isClosed()) t.diagnostic(`somebody stood at ${page.url()}`);
        t.diagnostic(`the program's last lines:\n${polder.log(30)}`);
        throw error;
      } finally {
        await browser.close();
        await polder.discard();
      }
    });
  }
}
