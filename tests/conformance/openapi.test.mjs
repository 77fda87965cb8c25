// /api/v1/openapi.json is what validators that are not ours say OpenAPI 3.1 is, and the API answers as it says there.
import { Validator } from '@seriousme/openapi-schema-validator';
import Ajv from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client } from '../e2e/harness/client.mjs';
import { startPolder } from '../e2e/harness/polder.mjs';

let polder, document, ajv;
before(async () => {
  polder = await startPolder({ prepare: (one) => one.command('demo', '--data', one.data, '--responses', '40') });
  document = await (await fetch(`${polder.url}/api/v1/openapi.json`)).json();
  ajv = new Ajv({ strict: false, allErrors: true });
  formats(ajv);
  ajv.addSchema(document, 'openapi');
});
after(() => polder?.discard());

/** Where a reference leads. */
const resolved = (node) => (node.$ref ? node.$ref.slice(2).split('/').reduce((at, name) => at[name], document) : node);
/** Refuses a value that is not as a schema of the document says. */
function as(schema, value, what) {
  const check = ajv.compile({ ...schema, $ref: schema.$ref && `openapi${schema.$ref}` });
  assert.ok(check(value), `${what}: ${ajv.errorsText(check.errors)}\n${JSON.stringify(value).slice(0, 400)}`);
}
async function answersAsSaid(response, operation, what) {
  const said = resolved(operation.responses[response.status] ?? operation.responses.default);
  assert.equal(response.headers.get('content-type'), 'application/json', what);
  as(said.content['application/json'].schema, await response.clone().json(), what);
}

test('the document is OpenAPI 3.1', async () => {
  const { valid, errors } = await new Validator().validate(structuredClone(document));
  assert.ok(valid, JSON.stringify(errors, null, 1));
  assert.equal(document.openapi, '3.1.0');
  const ids = Object.values(document.paths).flatMap((path) => Object.values(path).map((operation) => operation.operationId));
  assert.equal(new Set(ids).size, ids.length, 'two operations have one name');
});

test('every act of the program is in it, with the same fields', async () => {
  const acts = JSON.parse((await polder.command('acts', '--json')).stdout);
  for (const [name, schema] of Object.entries(acts)) {
    const { fields } = document.paths[`/api/v1/acts/${name}`].post.requestBody.content['application/json'].schema.properties;
    assert.deepEqual(fields, schema, name);
    assert.doesNotThrow(() => ajv.compile(schema), name);
  }
  assert.equal(Object.keys(document.paths).filter((path) => path.startsWith('/api/v1/acts/')).length, Object.keys(acts).length);
});

test('everything that is said to be there to read is there, and as it is said', async () => {
  const visitor = new Client(polder.url);
  const read = async (path) => (await visitor.get(path)).json();
  const { consultations } = await read('/api/v1/platforms/delta/consultations');
  const slug = consultations.find(({ phase }) => phase === 'answered').slug;
  const { responses } = await read(`/api/v1/platforms/delta/consultations/${slug}/responses`);
  const known = { platform: 'delta', slug, response: responses[0].id };
  for (const [path, { get }] of Object.entries(document.paths)) {
    if (!get) continue;
    const filled = path.replace(/\{(\w+)\}/g, (_, name) => known[name] ?? assert.fail(`${path}: what is ${name}?`));
    const response = await visitor.get(filled);
    // What a platform's charter does not run is not there; the demonstration runs consultations.
    assert.equal(response.status, path.includes('/challenges') ? 404 : 200, filled);
    await answersAsSaid(response, get, filled);
    if (!path.includes('{')) continue;
    const nowhere = path.replaceAll(/\{\w+\}/g, '0000000000000');
    const missing = await visitor.get(nowhere);
    assert.equal(missing.status, 404, nowhere);
    await answersAsSaid(missing, get, nowhere);
  }
});

test('an act is answered as it is said, done or refused, and once for one idempotency key', async () => {
  const citizen = await new Client(polder.url).become('citizen');
  const program = new Client(polder.url, { authorization: `Bearer ${await citizen.key('act', 'read')}` });
  const { consultations } = await (await program.get('/api/v1/platforms/delta/consultations')).json();
  const { id, slug } = consultations.find(({ phase }) => phase === 'open');
  const path = '/api/v1/acts/consultations.respond';
  const operation = document.paths[path].post;
  const body = {
    platform: 'delta',
    fields: { consultation: id, answers: [{ question: 1, words: 'From a program.' }], visibility: 'public-anonymous' },
  };
  as(operation.requestBody.content['application/json'].schema, body, 'what is sent');

  const count = async () => (await (await program.get(`/api/v1/platforms/delta/consultations/${slug}`)).json()).responses;
  const before = await count();
  const first = await program.json(path, body, { 'idempotency-key': 'the-same' });
  assert.equal(first.status, 201);
  await answersAsSaid(first, operation, 'done');
  const again = await program.json(path, body, { 'idempotency-key': 'the-same' });
  assert.deepEqual(await again.json(), await first.json());
  assert.equal(again.headers.get('idempotency-replayed'), 'true');
  assert.equal(await count(), before + 1);

  const refused = await program.json(path, { ...body, fields: { ...body.fields, visibility: 'everybody', more: 1 } });
  assert.equal(refused.status, 422);
  await answersAsSaid(refused, operation, 'refused');
  const { error } = await refused.json();
  assert.deepEqual(error.fields.map(({ field }) => field).sort(), ['more', 'visibility']);
  for (const [who, status] of [[new Client(polder.url), 401], [new Client(polder.url, { authorization: 'Bearer nobody' }), 401]]) {
    const response = await who.json(path, body);
    assert.equal(response.status, status);
    await answersAsSaid(response, operation, 'a stranger');
  }
  const official = await program.json('/api/v1/acts/consultations.draft', { platform: 'delta', fields: {} });
  assert.ok([403, 422].includes(official.status), `a citizen drafts: ${official.status}`);
  await answersAsSaid(official, operation, 'not theirs to do');

  const reader = new Client(polder.url, { authorization: `Bearer ${await citizen.key('read')}` });
  assert.equal((await reader.json(path, body)).status, 403);
  assert.equal(await count(), before + 1);
});
