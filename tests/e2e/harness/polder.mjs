// Starts the built program as an operator would, on data of its own, and ends it again.
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startMailbox } from './mailbox.mjs';

export const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
export const run = promisify(execFile);
export const program = process.env.POLDER_PROGRAM ?? join(root, 'build/polder');

// Whatever happens to this process, no server outlives it.
const running = new Set();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

let databases = 0;

/** A database of this server's own in the tests' PostgreSQL (scripts/test starts one and names it). */
async function createDatabase() {
  const url = process.env.POLDER_TEST_POSTGRES;
  if (!url) throw new Error('POLDER_TEST_POSTGRES names no PostgreSQL: run the tests through scripts/test');
  const name = `polder_${process.pid}_${++databases}`;
  const sql = (statement) => run('psql', ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', url, '-c', statement]);
  await sql(`CREATE DATABASE ${name}`);
  return {
    url: url.replace(/^(\w+:\/\/[^/]*)\/[^?]*/, `$1/${name}`),
    drop: () => sql(`DROP DATABASE ${name} WITH (FORCE)`),
  };
}

/** The program under `polder serve`, listening on a port of its own. */
class Polder {
  lines = [];

  constructor(data, database, mailbox, args, env) {
    Object.assign(this, { data, mailbox, args, env, database });
    this.storage = ['--data', data, ...(database ? ['--database', database.url] : [])];
  }

  async start({ within = 20_000 } = {}) {
    const listen = `127.0.0.1:${this.url ? new URL(this.url).port : 0}`;
    const child = spawn(program, ['serve', ...this.storage, '--listen', listen, ...this.args], {
      cwd: this.data,
      env: { ...process.env, ...this.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    running.add(child);
    this.ended = new Promise((resolve) => {
      child.on('error', (error) => resolve({ error }));
      child.on('exit', (code, signal) => resolve({ code, signal }));
    }).finally(() => running.delete(child));
    const address = new Promise((resolve) => {
      for (const stream of [child.stdout, child.stderr]) {
        let rest = '';
        stream.setEncoding('utf8').on('data', (text) => {
          const lines = (rest + text).split('\n');
          rest = lines.pop();
          this.lines.push(...lines);
          const found = lines.join('\n').match(/http:\/\/127\.0\.0\.1:[1-9]\d*/);
          if (found) resolve(found[0]);
        });
      }
    });
    let timer;
    const late = new Promise((resolve) => (timer = setTimeout(resolve, within, { late: `no address in ${within} ms` })));
    const first = await Promise.race([address, this.ended, late]);
    clearTimeout(timer);
    if (typeof first !== 'string') {
      child.kill('SIGKILL');
      throw new Error(`polder serve did not start (${JSON.stringify(first)}):\n${this.log()}`);
    }
    this.url = first;
    return this;
  }

  /** What the program wrote so far, or its last lines. */
  log(last = 60) {
    return this.lines.slice(-last).join('\n');
  }

  /** Another command of the program on the same data: `await polder.command('charter', 'check', file)`. */
  async command(...args) {
    return run(program, args, { cwd: this.data, env: { ...process.env, ...this.env }, maxBuffer: 64 << 20 });
  }

  /** As an operator ends it. The answers under way are finished and the program leaves with status 0. */
  async stop() {
    this.child.kill('SIGTERM');
    const { code, signal } = await this.ended;
    if (code !== 0) throw new Error(`polder ended with ${signal ?? code}:\n${this.log()}`);
  }

  /** As a power cut ends it. `start` continues on the same data and address. */
  async kill() {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  async discard() {
    if (this.child) await this.kill();
    await this.mailbox?.close();
    await this.database?.drop();
    await rm(this.data, { recursive: true, force: true });
  }
}

/**
 * database: 'sqlite' or 'postgres'. smtp: true gives it a real mail server, whose mails are in `polder.mailbox`.
 * prepare(polder): runs after the data folder exists and before the first start, for `polder demo` and the like.
 */
export async function startPolder({ database = 'sqlite', smtp = false, args = [], env = {}, prepare } = {}) {
  const data = await mkdtemp(join(tmpdir(), 'polder-e2e-'));
  const mailbox = smtp ? await startMailbox() : undefined;
  const own = database === 'postgres' ? await createDatabase() : undefined;
  const polder = new Polder(data, own, mailbox, [...(mailbox?.serveArgs ?? []), ...args], env);
  try {
    await prepare?.(polder);
    return await polder.start();
  } catch (error) {
    await polder.discard();
    throw error;
  }
}
