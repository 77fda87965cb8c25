// People with a browser: Chromium, each person in a profile of their own.
import axe from 'axe-core';
import { chromium } from 'playwright-core';

const quiet = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];

const sources = new WeakMap();

/** The document as the server sent it, before the browser mended it. */
export const sourceOf = async (page) => (await sources.get(page)?.text()) ?? '';

/** The status that came with it. */
export const statusOf = (page) => sources.get(page)?.status();

export async function launch() {
  const browser = await chromium.launch({ executablePath: process.env.POLDER_CHROMIUM ?? '/usr/bin/chromium-headless-shell', args: quiet });
  return {
    close: () => browser.close(),

    /** A page in a new profile: nobody is signed in there yet. */
    async person({ url, javascript = true, width = 1280, height = 900, language = 'en-GB', dark = false } = {}) {
      const context = await browser.newContext({
        baseURL: url,
        javaScriptEnabled: javascript,
        viewport: { width, height },
        locale: language,
        timezoneId: 'Europe/Amsterdam',
        colorScheme: dark ? 'dark' : 'light',
        // To wait until a page has scrolled needs timers, which do not run there without JavaScript.
        reducedMotion: javascript ? 'no-preference' : 'reduce',
        acceptDownloads: true,
      });
      context.setDefaultTimeout(15_000);
      // Sent once a profile: to send it with each look at a page takes longer than the look.
      if (javascript) await context.addInitScript({ content: axe.source });
      const page = await context.newPage();
      const faults = [];
      page.on('response', (response) => {
        const request = response.request();
        if (request.isNavigationRequest() && request.frame() === page.mainFrame()) sources.set(page, response);
        if (!request.isNavigationRequest() && response.status() >= 400) faults.push(`${response.status()} ${response.url()}`);
      });
      page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
      page.on('console', (message) => {
        if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) faults.push(`console: ${message.text()}`);
      });
      page.timersRun = javascript;
      page.faults = faults; // what went wrong behind the page: scripts, missing files, blocked by the security policy
      return page;
    },
  };
}
