// The look on real pages, without the program: each *.html here is the inside of <main>; "parts" is every example of
// assets/README.md. A small server frames them as the program does and serves the assets that scripts/assets.mjs made,
// under the same content security policy.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const here = dirname(fileURLToPath(import.meta.url));
export const root = dirname(dirname(here));
const types = { '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.txt': 'text/plain' };
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'";

const readme = readFileSync(join(root, 'assets/README.md'), 'utf8');
const examples = (kind) => [...readme.matchAll(/^```html ?(\w*)\n([\s\S]*?)^```/gm)].filter((m) => m[1] === kind).map((m) => m[2]);
const [header, footer] = examples('frame');

function parts() {
  const sections = readme.split(/^## /m).slice(2).map((section) => {
    const shown = [...section.matchAll(/^```html\n([\s\S]*?)^```/gm)].map((m) => m[1]).join('\n');
    return `<section class="stack loose"><h2>${section.slice(0, section.indexOf('\n'))}</h2>${shown}</section>`;
  });
  return `<!-- title: The parts -->\n<div class="lead"><h1>The parts</h1></div><div class="stack far">${sections.join('\n')}</div>`;
}

export function pages() {
  const bodies = { parts: parts() };
  for (const file of readdirSync(here)) {
    if (file.endsWith('.html')) bodies[file.slice(0, -5)] = readFileSync(join(here, file), 'utf8');
  }
  return bodies;
}

export function whole(body, { theme = '', scripts = true } = {}) {
  const title = /<!-- title: (.*?) -->/.exec(body)[1];
  return `<!DOCTYPE html>
<html lang="en"${theme && ` data-theme="${theme}"`}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="/assets/favicon.svg" type="image/svg+xml">
<link rel="preload" href="/assets/atkinson-hyperlegible-next-latin-wght-normal.woff2" as="font" type="font/woff2" crossorigin>
<link rel="preload" href="/assets/source-serif-4-latin-wght-normal.woff2" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" href="/assets/polder.css">
${scripts ? '<script type="module" src="/assets/polder.js"></script>' : ''}
</head>
<body>
${header}
<main id="main" class="wrap" tabindex="-1">
${body}
</main>
${footer}
</body>
</html>
`;
}

/** Runs `use({ browser, url })` with the server up and Chromium started, and ends both. */
export async function withPages(use) {
  const build = mkdtempSync(join(tmpdir(), 'polder-look-'));
  execFileSync(process.execPath, [join(root, 'scripts/assets.mjs'), build]);
  const manifest = JSON.parse(readFileSync(join(build, 'assets/manifest.json'), 'utf8'));
  const bodies = pages();
  const server = createServer((request, response) => {
    const url = new URL(request.url, 'http://localhost');
    const name = url.pathname.slice(1);
    if (bodies[name]) {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy });
      const html = whole(bodies[name], { theme: url.searchParams.get('theme') ?? '' });
      response.end(html.replace(/(?<="\/assets\/)[\w.-]+/g, (logical) => manifest[logical] ?? logical));
    } else if (name.startsWith('assets/')) {
      const asset = name.slice(7);
      response.writeHead(200, { 'content-type': types[extname(asset)] ?? 'application/octet-stream' });
      response.end(readFileSync(join(build, 'assets', asset)));
    } else {
      response.writeHead(404).end();
    }
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const browser = await chromium.launch({
    executablePath: process.env.POLDER_CHROMIUM ?? '/usr/bin/chromium-headless-shell',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  try {
    await use({ browser, url: `http://127.0.0.1:${server.address().port}` });
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
    rmSync(build, { recursive: true });
  }
}
