// One story, told on each database, with and without JavaScript. POLDER_E2E narrows it while one works on a story:
// "sqlite", "postgres", "script", "plain", or two of them with a comma.
import { test } from 'node:test';
import { launch } from './browser.mjs';
import { holds } from './checks.mjs';
import { startPolder } from './polder.mjs';

const wanted = (process.env.POLDER_E2E ?? '').split(',').filter(Boolean);

/**
 * scenario('a visitor answers', async ({ polder, person, look }) => { … }, { smtp: true })
 *   polder   the running program (harness/polder.mjs)
 *   person   a new profile's page; options as in harness/browser.mjs
 *   look     all that must hold on a page, and its picture: look(page, 'start')
 * Options: those of startPolder; `databases` and `timeout`, where a story needs its own; `plainOn`, where a long story is
 * told without JavaScript on some of the databases only.
 */
export function scenario(name, story, options = {}) {
  for (const database of options.databases ?? ['sqlite', 'postgres'])
    for (const javascript of [true, false]) {
      const kind = [database, javascript ? 'script' : 'plain'];
      if (!wanted.every((word) => kind.includes(word))) continue;
      if (!javascript && options.plainOn && !options.plainOn.includes(database)) continue;
      test(`${name} (${kind.join(', ')})`, { timeout: options.timeout ?? 300_000 }, async (t) => {
        const polder = await startPolder({ ...options, database });
        const browser = await launch();
        const people = [];
        const person = async (how = {}) => {
          const page = await browser.person({ url: polder.url, javascript, ...how });
          people.push(page);
          return page;
        };
        let pictures = 0;
        const look = (page, what, how) =>
          holds(page, what && `${kind[1]}-${String(++pictures).padStart(2, '0')}-${what}`, how);
        try {
          await story({ t, polder, mailbox: polder.mailbox, person, look, database, javascript });
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
