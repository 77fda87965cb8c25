// Makes what the program serves beside its pages: `node scripts/assets.mjs BUILD` fills BUILD/assets with files whose
// names carry a hash of their content, BUILD/assets/manifest.json (logical name -> file name) and BUILD/passwords.txt.
// The same sources give the same bytes. Called by CMake (cmake/embed.cmake).
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, extname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const build = resolve(process.argv[2] ?? join(root, 'build'));
const out = join(build, 'assets');
const require = createRequire(import.meta.url);

let esbuild;
try {
  esbuild = require('esbuild');
} catch {
  console.error('assets: the npm packages are missing. Run scripts/setup first.');
  process.exit(1);
}

const files = new Map(); // file name -> bytes
const manifest = {}; // logical name -> file name

function add(logical, bytes) {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 10);
  const name = `${basename(logical, extname(logical))}-${hash}${extname(logical)}`;
  files.set(name, bytes);
  manifest[logical] = name;
}

/** Styles, scripts and the fonts they ask for. Fonts keep their own files: a browser takes only those a page needs. */
async function bundle() {
  const result = await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['assets/css/polder.css', 'assets/js/polder.js'],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    target: ['chrome100', 'firefox100', 'safari15.4'],
    outdir: out,
    entryNames: '[name]',
    assetNames: '[name]-[hash]',
    loader: { '.woff2': 'file' },
    legalComments: 'none',
    logLevel: 'warning',
  });
  const bytes = new Map(result.outputFiles.map((file) => [file.path, Buffer.from(file.contents)]));
  for (const [path, about] of Object.entries(result.metafile.outputs)) {
    const content = bytes.get(join(root, path));
    if (about.entryPoint) {
      add(basename(path), content);
    } else {
      files.set(basename(path), content);
      manifest[basename(Object.keys(about.inputs)[0])] = basename(path);
    }
  }
}

/** All icons as symbols of one file: <svg class="icon"><use href="/assets/icons-….svg#seal"/></svg>. */
function sprite() {
  const folder = join(root, 'assets/icons');
  const symbols = readdirSync(folder).sort().filter((name) => name.endsWith('.svg') && name !== 'favicon.svg').map((name) => {
    const [, attributes, body] = /<svg([^>]*)>([\s\S]*)<\/svg>/.exec(readFileSync(join(folder, name), 'utf8'));
    const drawn = attributes.replace(/\s*xmlns="[^"]*"/, '').trim();
    return `<symbol id="${basename(name, '.svg')}" ${drawn}>${body.trim().replace(/>\s+</g, '><')}</symbol>`;
  });
  add('icons.svg', Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>\n`));
  add('favicon.svg', readFileSync(join(folder, 'favicon.svg')));
}

/** The licences of what is shipped inside the program; the fonts' one (OFL 1.1, condition 2) must go with them. */
function licences() {
  const shipped = ['@fontsource-variable/atkinson-hyperlegible-next', '@fontsource-variable/source-serif-4', '@zxcvbn-ts/language-common'];
  const texts = shipped.map((name) => {
    const folder = join(root, 'node_modules', name);
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    return `${name} ${version}\n\n${readFileSync(join(folder, file), 'utf8').replace(/\r\n/g, '\n').trim()}\n`;
  });
  add('licences.txt', Buffer.from(texts.join(`\n${'='.repeat(80)}\n\n`)));
}

/** Passwords too common to accept, most used first in the package: the first 20,000 that are long enough to be chosen. */
function passwords() {
  const ranked = JSON.parse(readFileSync(join(root, 'node_modules/@zxcvbn-ts/language-common/src/passwords.json'), 'utf8'));
  const long = ranked.map((word) => word.toLowerCase()).filter((word) => [...word].length >= 8 && !/[\r\n]/.test(word));
  return [...new Set(long)].slice(0, 20000).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))).join('\n') + '\n';
}

await bundle();
sprite();
licences();
files.set('manifest.json', Buffer.from(JSON.stringify(manifest, Object.keys(manifest).sort(), 2) + '\n'));

mkdirSync(out, { recursive: true });
for (const old of readdirSync(out)) if (!files.has(old)) rmSync(join(out, old), { recursive: true });
for (const [name, bytes] of files) writeFileSync(join(out, name), bytes);
writeFileSync(join(build, 'passwords.txt'), passwords());
