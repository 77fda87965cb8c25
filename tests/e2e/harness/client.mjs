// A person without a browser: what they send byte by byte, cookies kept. For what no browser would send, and where no
// page has to be looked at.
import { connect } from 'node:net';

export class Client {
  cookies = new Map();

  constructor(url, headers = {}) {
    Object.assign(this, { url, headers });
  }

  async send(method, path, { body, headers = {} } = {}) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(new URL(path, this.url), {
      method,
      redirect: 'manual',
      headers: {
        ...(cookie && { cookie }),
        ...(method !== 'GET' && { origin: new URL(this.url).origin }),
        ...this.headers,
        ...headers,
      },
      body,
    });
    for (const line of response.headers.getSetCookie?.() ?? [response.headers.get('set-cookie')].filter(Boolean)) {
      const [, name, value] = line.match(/^([^=]+)=([^;]*)/);
      if (/max-age=0/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }

  get = (path, headers) => this.send('GET', path, { headers });
  /** A form as a browser sends it; a value may be a file, then it is sent as an upload. */
  post(path, fields, headers) {
    const files = Object.values(fields).some((value) => value instanceof Blob);
    const body = files ? new FormData() : new URLSearchParams();
    for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) body.append(name, one);
    return this.send('POST', path, { body, headers });
  }
  json = (path, value, headers) =>
    this.send('POST', path, { body: JSON.stringify(value), headers: { 'content-type': 'application/json', ...headers } });

  /** In a demonstration: somebody else with one click. */
  async become(role) {
    const response = await this.post('/demo/role', { role, next: '/' });
    if (response.status !== 303) throw new Error(`${role}: ${response.status}`);
    return this;
  }

  /** A key for programs, made on the page of the account. */
  async key(...scopes) {
    const page = await this.post('/account/tokens', { 'token-name': 'A test', scopes, days: '1', key: `${Math.random()}` });
    const found = (await page.text()).match(/<code>([^<]+)<\/code>/);
    if (!found) throw new Error(`no key: ${page.status}`);
    return found[1];
  }
}

/** Sends bytes as they are and gives what comes back until the server hangs up. */
export async function raw(url, ...pieces) {
  const { hostname, port } = new URL(url);
  const socket = connect(port, hostname);
  let answer = '';
  socket.on('data', (bytes) => (answer += bytes.toString('latin1')));
  socket.on('error', () => {}); // a server that hangs up while we still write has said enough
  socket.on('connect', () => pieces.forEach((piece) => socket.write(piece)));
  await new Promise((resolve) => socket.on('close', resolve));
  return answer;
}
