/** What is refused before anything looks at it, how failures are answered, and how the app itself is served. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseJson } from '../../server/json.ts';
import { pushBodyLimitBytes } from '../../server/routes/sync-routes.ts';
import { envelopeSchema, paths } from '../../src/protocol/sync.ts';
import { sessionPaths } from '../../src/protocol/session.ts';
import { parse } from '../../src/protocol/parse.ts';
import { newId, openLaptop, type Laptop } from './client.ts';
import { caseOf, firstQaLead, section, service, startServer, type TestServer } from './example.ts';

interface Context {
  server: TestServer;
  quinn: Laptop;
}
const http = suite<Context>('http');

http.before.each(async (context) => {
  context.server = await startServer();
  context.quinn = await firstQaLead(context.server);
});
http.after.each(({ server }) => server.stop());

function makeDist({ dataDir }: TestServer): void {
  const dist = joinPath(dataDir, 'dist');
  mkdirSync(joinPath(dist, 'assets'), { recursive: true });
  writeFileSync(joinPath(dist, 'index.html'), '<!doctype html><title>Plumbline</title>');
  writeFileSync(joinPath(dist, 'service-worker.js'), 'self.skip = 1;');
  writeFileSync(joinPath(dist, 'service-worker-off.js'), 'self.off = 1;');
  writeFileSync(joinPath(dist, 'assets/main-abc123.js'), 'export const plain = 1;');
  writeFileSync(joinPath(dist, 'assets/main-abc123.js.br'), 'brotli bytes');
  writeFileSync(joinPath(dist, 'assets/main-abc123.js.gz'), 'gzip bytes');
}

const get = ({ address }: TestServer, path: string, headers: Record<string, string> = {}) =>
  fetch(new URL(path, address), { headers });
const page = { accept: 'text/html,application/xhtml+xml' };

http('keeps hashed files for ever, asks anew for the rest, and never keeps an API reply', async ({ server, quinn }) => {
  makeDist(server);
  const kept = async (path: string) => (await get(server, path, page)).headers.get('cache-control');
  assert.is(await kept('/assets/main-abc123.js'), 'public, max-age=31536000, immutable');
  for (const path of ['/', '/index.html', '/service-worker.js', '/percentages'])
    assert.is(await kept(path), 'no-cache');
  const { headers } = await quinn.ask(paths.pull, { cursor: null });
  assert.is(headers.get('cache-control'), 'no-store');
});

http('serves the worker that takes the app off in the place of the service worker when told to', async () => {
  const server = await startServer({ env: { SERVICE_WORKER: 'off' } });
  makeDist(server);
  const { headers, status } = await get(server, '/service-worker.js');
  assert.equal([status, headers.get('cache-control')], [200, 'no-cache']);
  assert.is(await (await get(server, '/service-worker.js')).text(), 'self.off = 1;');
  await server.stop();
});

http('sends files compressed beforehand to a browser that takes them', async ({ server }) => {
  makeDist(server);
  const br = await get(server, '/assets/main-abc123.js', { 'accept-encoding': 'gzip, br' });
  assert.is(br.headers.get('content-encoding'), 'br');
  assert.match(br.headers.get('content-type') ?? '', 'javascript');
  assert.match(br.headers.get('vary') ?? '', /accept-encoding/i);
  assert.is(br.headers.get('cache-control'), 'public, max-age=31536000, immutable');
  const plain = await get(server, '/assets/main-abc123.js', { 'accept-encoding': 'identity' });
  assert.is(await plain.text(), 'export const plain = 1;');
});

http('serves the app for its pages alone, and no file outside its folder', async ({ server }) => {
  makeDist(server);
  assert.match(await (await get(server, '/audit/1/check', page)).text(), 'Plumbline');
  for (const path of [
    '/audit/1',
    '/missing.js',
    '/api/nothing',
    '/../plumbline.sqlite',
    '/%2e%2e/plumbline.sqlite',
    '/..%2frecovery.key',
  ]) {
    const { status } = await get(server, path, path.includes('.') || path.startsWith('/api') ? page : {});
    assert.ok(status >= 400, `${path} ${status}`);
  }
});

http('says plainly that the app has not been built', async ({ server }) => {
  rmSync(joinPath(server.dataDir, 'dist'), { recursive: true, force: true });
  const reply = await get(server, '/', page);
  assert.is(reply.status, 503);
  assert.match(await reply.text(), 'npm run build');
});

http('answers every refusal in the envelope, with the nonce where it could be read', async ({ quinn }) => {
  const nonce = newId();
  const refused = await quinn.ask(paths.pull, { nonce, cursor: 'nonsense' });
  assert.is(refused.status, 400);
  assert.is(refused.envelope.nonce, nonce);
  assert.ok(parse(envelopeSchema, refused.envelope));
  assert.equal(refused.problem, { kind: 'bad-request', why: 'cursor is not as it should be' });
});

http(
  'takes nothing without its header, in another type, or with keys that reach a prototype',
  async ({ server, quinn }) => {
    const url = new URL(paths.pull, server.address);
    const cookie = quinn.browser.cookie ?? '';
    const send = async (body: string, headers: Record<string, string>) => {
      const reply = await fetch(url, { method: 'POST', headers: { cookie, ...headers }, body });
      return ((await reply.json()) as { problem?: { kind: string } }).problem?.kind;
    };
    const json = { 'content-type': 'application/json' };
    const ours = { ...json, 'x-plumbline': '1' };
    assert.is(await send('{}', json), 'bad-request');
    assert.is(await send('{}', { 'x-plumbline': '1', 'content-type': 'text/plain' }), 'bad-request');
    assert.is(await send('{"nonce"', ours), 'bad-request');
    for (const key of ['__proto__', 'constructor', 'prototype']) {
      assert.is(await send(`{"cursor":null,"deep":[{"${key}":{"polluted":1}}]}`, ours), 'bad-request');
    }
    assert.is(({} as { polluted?: number }).polluted, undefined);
  },
);

http('takes values up to twelve levels deep and no deeper', async ({ quinn }) => {
  const deep = (levels: number): object => (levels === 0 ? {} : { down: deep(levels - 1) });
  const record = newId();
  const edit = service(record, 'Deep');
  const fits = await quinn.write({ ...edit, value: { ...edit.value, extra: deep(10) } });
  assert.is(fits.body.results[0]?.outcome, 'accepted');
  const ops = quinn.seal([{ ...edit, value: { ...edit.value, extra: deep(11) } }]);
  assert.is((await quinn.push(ops)).problem?.kind, 'bad-request');
  assert.equal(parseJson('['.repeat(100_000) + ']'.repeat(100_000)).ok, false);
});

http('reads no request past its limit', async ({ quinn }) => {
  const over = await quinn.ask(paths.push, { ops: [], filler: 'x'.repeat(pushBodyLimitBytes) });
  assert.is(over.status, 413);
  assert.equal(over.problem, { kind: 'too-large' });
  const small = await quinn.ask(paths.pull, { cursor: null, filler: 'x'.repeat(64 * 1024) });
  assert.equal(small.problem, { kind: 'too-large' });
});

http('answers a failure with a reference alone, logs its place and not its message', async ({ server, quinn }) => {
  const audit = newId();
  await quinn.write(caseOf(audit));
  const secret = 'words-of-a-family';
  Object.assign(server.plumbline.server.database, {
    read: () => Promise.reject(new Error(`cannot read ${secret}`)),
  });
  const failed = await quinn.ask(paths.pull, { cursor: null });
  assert.is(failed.status, 500);
  assert.is(failed.problem?.kind, 'server-error');
  const reference = failed.problem?.kind === 'server-error' ? failed.problem.reference : '';
  assert.ok(server.log.some((line) => line.includes(reference)));
  assert.not.match(JSON.stringify(failed.envelope), secret);
  assert.not.match(server.log.join(''), secret);
});

http('answers what it has taken when it is asked to stop, and stops', async ({ server, quinn }) => {
  const pushes = Array.from({ length: 5 }, (_, i) => {
    const laptop = openLaptop(quinn.browser, quinn.session);
    return laptop.write(service(newId(), `Service ${i}`)).then(
      // One that came too late is told so by a reply that is not marked as ours: the laptop tries again.
      ({ envelope, body }) =>
        'plumbline' in envelope ? body.results.every(({ outcome }) => outcome === 'accepted') : null,
      () => null,
    );
  });
  await new Promise((resolve) => setTimeout(resolve, 4));
  await server.plumbline.close();
  const answered = (await Promise.all(pushes)).filter((answer) => answer !== null);
  assert.ok(answered.every(Boolean));
  assert.is(server.rows(`select * from record where kind = 'service'`).length, answered.length);
  assert.not(server.log.some((line) => line.includes('"failed"')));
  Object.assign(server, { stop: () => Promise.resolve() });
});

http('logs who did what, and never a name, an email, words or a token', async ({ server, quinn }) => {
  const [words, reference] = ['sentinel-evidence', 'sentinel-reference'];
  const audit = newId();
  await quinn.write(caseOf(audit, reference));
  await quinn.write(section(audit, 'good', words));
  await quinn.ask(paths.open, { record: audit });
  await quinn.browser.post(sessionPaths.signIn, { email: 'sentinel@example.org', password: 'sentinel-password' });
  const token = quinn.browser.cookie?.split('=')[1] ?? '';
  await quinn.browser.post(sessionPaths.signOut, {});
  const log = server.log.join('');
  const events = server.log.map((line) => (JSON.parse(line) as { event: string }).event);
  for (const event of ['joined', 'pushed', 'op-held', 'opened', 'sign-in-refused', 'signed-out']) {
    assert.ok(events.includes(event), event);
  }
  for (const sentinel of [words, 'sentinel', 'quinn@example.org', 'Quinn', token]) assert.not.match(log, sentinel);
});

http.run();
