/**
 * The headers of every reply, held to a snapshot: every route of the API, signed in, signed out and with nonsense, the app's
 * pages and files, what is not there, what cannot be read at all, and the event stream (FAULTS S10 to S12).
 */
import { connect } from 'node:net';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { policyInPage, policyReportPath } from '../../server/security-policy.ts';
import { reportLimitBytes } from '../../server/routes/policy-report-route.ts';
import { reportsPerMinute } from '../../server/routes/pace.ts';
import { laptopPaths } from '../../src/protocol/laptops.ts';
import { sessionPaths } from '../../src/protocol/session.ts';
import { paths } from '../../src/protocol/sync.ts';
import { newId, type Laptop } from './client.ts';
import { firstQaLead, startServer, type TestServer } from './example.ts';

interface Context {
  server: TestServer;
  quinn: Laptop;
}
const test = suite<Context>('headers');

test.before.each(async (context) => {
  context.server = await startServer();
  context.quinn = await firstQaLead(context.server);
  const dist = joinPath(context.server.dataDir, 'dist');
  mkdirSync(joinPath(dist, 'assets'), { recursive: true });
  writeFileSync(joinPath(dist, 'index.html'), '<!doctype html><title>Plumbline</title>');
  writeFileSync(joinPath(dist, 'service-worker.js'), 'self.skip = 1;');
  writeFileSync(joinPath(dist, 'assets/main-abc123.js'), 'export const plain = 1;');
});
test.after.each(({ server }) => server.stop());

const snapshot = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
    "worker-src 'self'; manifest-src 'self'; object-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; " +
    "require-trusted-types-for 'script'; trusted-types plumbline; report-uri /api/reports/policy",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'permissions-policy':
    'accelerometer=(), autoplay=(), browsing-topics=(), camera=(), clipboard-read=(), display-capture=(), ' +
    'encrypted-media=(), fullscreen=(), gamepad=(), geolocation=(), gyroscope=(), hid=(), idle-detection=(), local-fonts=(), ' +
    'magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), screen-wake-lock=(), serial=(), sync-xhr=(), ' +
    'usb=(), window-management=(), xr-spatial-tracking=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
};

type Got = { readonly what: string; readonly status: number; readonly headers: Headers };

function expectSnapshot({ what, headers }: Got, isOverTls = false): void {
  for (const [name, value] of Object.entries(snapshot)) assert.is(headers.get(name), value, `${name} of ${what}`);
  const hsts = isOverTls ? 'max-age=31536000; includeSubDomains' : null;
  assert.is(headers.get('strict-transport-security'), hsts, `strict-transport-security of ${what}`);
  for (const name of ['server', 'x-powered-by', 'access-control-allow-origin'])
    assert.is(headers.get(name), null, name);
}

const posted = [
  ...Object.values(paths).filter((path) => path !== paths.pokes),
  ...Object.values(sessionPaths),
  ...Object.values(laptopPaths),
];

/** One reply of every kind there is. */
async function everyReply({ server, quinn }: Context): Promise<readonly Got[]> {
  const { address } = server;
  const ask = async (what: string, path: string, init: RequestInit = {}): Promise<Got> => {
    const { status, headers, body } = await fetch(new URL(path, address), init);
    await body?.cancel();
    return { what, status, headers };
  };
  const page = { headers: { accept: 'text/html,application/xhtml+xml' } };
  const ours = { 'content-type': 'application/json', 'x-plumbline': '1' };
  const cookie = quinn.browser.cookie ?? '';
  const events = `${paths.pokes}?authority=${quinn.session.authority}&person=${quinn.session.person}`;
  const replies = [
    await ask('the app', '/', page),
    await ask('a page of the app', `/audit/${newId()}`, page),
    await ask('a file', '/assets/main-abc123.js'),
    await ask('a head', '/assets/main-abc123.js', { method: 'HEAD' }),
    await ask('the service worker', '/service-worker.js'),
    await ask('no file', '/nothing.js'),
    await ask('no such API', '/api/nothing'),
    await ask('another method', '/', { method: 'DELETE' }),
    await ask('an address that cannot be read', '/%zz'),
    await ask('a report', policyReportPath, {
      method: 'POST',
      headers: { 'content-type': 'application/csp-report' },
      body: '{}',
    }),
    await ask('events', events, { headers: { cookie } }),
    await ask('events for nobody', events),
    await ask('whether it is there', '/health/live'),
    await ask('whether it can serve', '/health/ready'),
  ];
  for (const path of posted) {
    replies.push(await ask(`${path}, without anything`, path, { method: 'POST' }));
    replies.push(await ask(`${path}, asked for`, path));
    replies.push(await ask(`${path}, as text`, path, { method: 'POST', body: 'x', headers: { cookie } }));
    replies.push(
      await ask(`${path}, too large`, path, { method: 'POST', body: `"${'x'.repeat(600_000)}"`, headers: ours }),
    );
  }
  // At last, since one of them signs out.
  const { protocol, authority, person, device } = { protocol: 1, ...quinn.session, device: quinn.device };
  const fields = JSON.stringify({ nonce: newId(), protocol, authority, person, device, cursor: null });
  for (const path of [...posted.filter((each) => each !== sessionPaths.signOut), sessionPaths.signOut]) {
    replies.push(await ask(`${path}, signed in`, path, { method: 'POST', body: fields, headers: { ...ours, cookie } }));
  }
  return replies;
}

test('every reply there is carries the same security headers', async (context) => {
  const replies = await everyReply(context);
  for (const reply of replies) expectSnapshot(reply);
  for (const status of [200, 204, 400, 401, 404, 413])
    assert.ok(
      replies.some((reply) => reply.status === status),
      `${status}`,
    );
  // No route is there that this does not ask.
  const routes = context.server.plumbline.app.printRoutes({ commonPrefix: false });
  assert.is([...routes.matchAll(/\(POST\)/g)].length, posted.length + 1);
  for (const url of posted) assert.ok(context.server.plumbline.app.hasRoute({ url, method: 'POST' }), url);
});

test('no answer of the API may be kept, whatever it is', async (context) => {
  for (const { what, headers } of await everyReply(context)) {
    if (what.startsWith('/api') || /API|events|report|cannot|whether/.test(what))
      assert.is(headers.get('cache-control'), 'no-store', what);
  }
});

test('what is no HTTP is answered with the headers too, and without a word of it', async ({ server }) => {
  const said = await new Promise<string>((resolve, reject) => {
    const { hostname, port } = new URL(server.address);
    const socket = connect(Number(port), hostname, () => socket.write('GARBAGE sentinel\r\n\r\n'));
    let text = '';
    socket.on('data', (chunk) => (text += String(chunk)));
    socket.on('close', () => resolve(text));
    socket.on('error', reject);
  });
  const [head = '', body = ''] = said.split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  assert.is(first, 'HTTP/1.1 400 Bad Request');
  expectSnapshot({
    what: 'no HTTP',
    status: 400,
    headers: new Headers(lines.map((line) => line.split(/: (.*)/).slice(0, 2) as [string, string])),
  });
  assert.is(body, 'This request cannot be read.\n');
});

test('behind TLS a browser is told to use nothing else', async () => {
  const server = await startServer({ env: { BEHIND_PROXY: '1' } });
  for (const path of ['/', '/api/nothing', '/%zz']) {
    const { status, headers } = await fetch(new URL(path, server.address));
    expectSnapshot({ what: path, status, headers }, true);
  }
  await server.stop();
});

test('the built page says the same policy, but for what only a header may say', () => {
  const said = (text: string): string[] => text.split('; ').sort();
  assert.equal(
    said(snapshot['content-security-policy']).filter((part) => !/^(frame-ancestors|report-uri) /.test(part)),
    said(policyInPage),
  );
});

const report = (server: TestServer, body: string): Promise<Response> =>
  fetch(new URL(policyReportPath, server.address), {
    method: 'POST',
    headers: { 'content-type': 'application/csp-report' },
    body,
  });
const told = (fields: object): string => JSON.stringify({ 'csp-report': fields });
const broken = ({ log }: TestServer): object[] =>
  log
    .flatMap((line) => (line.includes('"policy-broken"') ? [JSON.parse(line) as object] : []))
    .map((each) => ({ ...each, at: 0 }));

test('a report of a broken policy is logged by rule and kind alone', async ({ server }) => {
  await report(
    server,
    told({
      'document-uri': `${server.address}audit/sentinel`,
      'effective-directive': 'script-src-elem',
      'blocked-uri': 'https://elsewhere.example/sentinel?x=sentinel',
      'script-sample': 'sentinel',
    }),
  );
  await report(server, told({ 'violated-directive': "script-src 'sentinel'", 'blocked-uri': 'inline' }));
  await report(server, told({ 'blocked-uri': 'no address: sentinel' }));
  const event = 'policy-broken';
  assert.equal(broken(server), [
    { at: 0, event, directive: 'script-src-elem', blocked: 'https://elsewhere.example' },
    { at: 0, event, directive: 'script-src', blocked: 'inline' },
    { at: 0, event, directive: 'unknown', blocked: 'unknown' },
  ]);
  assert.not.match(server.log.join(''), 'sentinel');
});

test('a report that is none is thrown away, and nobody fills the log with them', async ({ server }) => {
  for (const body of [
    '',
    '[]',
    'null',
    '{"csp-report":{"__proto__":{}}}',
    '{"csp-report":{"blocked-uri":1}}',
    told({}),
  ]) {
    assert.is((await report(server, body)).status, 204, body);
  }
  assert.is((await report(server, told({ x: 'x'.repeat(reportLimitBytes) }))).status, 413);
  for (let i = 0; i < reportsPerMinute + 5; i += 1) assert.is((await report(server, told({}))).status, 204);
  assert.is(broken(server).length, reportsPerMinute);
});

test.run();
