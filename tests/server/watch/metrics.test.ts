/** The figures about a server: counted, in Prometheus' format, at an address of their own, and about nobody. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sessionPaths } from '../../../src/protocol/session.ts';
import { paths } from '../../../src/protocol/sync.ts';
import { newId } from '../client.ts';
import { caseOf, firstQaLead, section, service, startServer, type TestServer } from '../example.ts';

const metrics = suite<{ server: TestServer }>('metrics');
metrics.before.each(async (context) => {
  context.server = await startServer({ env: { METRICS_PORT: '0' } });
});
metrics.after.each(({ server }) => server.stop());

function addressOf({ log }: TestServer): string {
  const started = log
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .find(({ event }) => event === 'started');
  return `http://127.0.0.1:${String(started?.['metricsPort'])}/metrics`;
}

const scrape = async (server: TestServer): Promise<string> => (await fetch(addressOf(server))).text();

/** The sum of a figure's samples whose labels contain all of `labels`. */
function sample(text: string, name: string, ...labels: string[]): number {
  const lines = text.split('\n').filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`));
  const values = lines
    .filter((line) => labels.every((label) => line.includes(label)))
    .map((line) => line.split(' ').at(-1));
  return values.reduce((sum, value) => sum + Number(value), 0);
}

metrics('counts requests by route and status, and events by kind', async ({ server }) => {
  const quinn = await firstQaLead(server);
  const before = await scrape(server);
  await quinn.write(service(newId(), 'Assessment'));
  await fetch(new URL(paths.pull, server.address), { method: 'POST' });
  await fetch(new URL('/api/made-up-by-a-stranger', server.address));
  const text = await scrape(server);
  const counted = (name: string, ...labels: string[]): number =>
    sample(text, name, ...labels) - sample(before, name, ...labels);
  assert.is(counted('plumbline_events_total', 'event="pushed"'), 1);
  assert.is(counted('http_request_duration_seconds_count', `route="${paths.push}"`, 'status="2xx"'), 1);
  assert.is(counted('http_request_duration_seconds_count', `route="${paths.pull}"`, 'status="4xx"'), 1);
  assert.is(counted('http_request_duration_seconds_count', 'route="none"', 'status="4xx"'), 1);
  assert.not.match(text, 'made-up-by-a-stranger');
});

metrics('says how many changes were held, why, and how many still wait for a person', async ({ server }) => {
  const quinn = await firstQaLead(server);
  await quinn.write(section(newId(), 'good'));
  const text = await scrape(server);
  assert.ok(sample(text, 'plumbline_ops_held_total') > 0);
  assert.is(sample(text, 'plumbline_held_changes'), sample(text, 'plumbline_ops_held_total'));
  assert.is(sample(text, 'plumbline_missing_changes'), 0);
});

metrics('names nobody, no record and no address', async ({ server }) => {
  const quinn = await firstQaLead(server);
  const reference = 'SENTINEL-REFERENCE';
  const audit = newId();
  await quinn.write(caseOf(audit, reference));
  await fetch(new URL(sessionPaths.signIn, server.address), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-plumbline': '1' },
    body: JSON.stringify({ email: 'sentinel@example.org', password: 'SENTINEL-PASSWORD' }),
  });
  const text = await scrape(server);
  for (const secret of [
    reference,
    audit,
    quinn.session.person,
    quinn.session.authority,
    'sentinel@',
    'SENTINEL',
    'Testshire',
  ])
    assert.not.match(text, secret);
});

metrics('are at an address of their own, and nothing else is there', async ({ server }) => {
  assert.is((await fetch(new URL('/metrics', server.address))).status, 404);
  for (const path of ['/', '/api/session', '/metrics?x', '/health/live'])
    assert.is((await fetch(new URL(path, addressOf(server)))).status, 404, path);
  assert.is((await fetch(addressOf(server), { method: 'POST' })).status, 404);
});

metrics('leave out a figure that cannot be had, and say the others', async ({ server }) => {
  const database: { -readonly [K in 'read']: (typeof server.plumbline.server.database)[K] } =
    server.plumbline.server.database;
  const { read } = database;
  database.read = () => Promise.reject(new Error('away'));
  const text = await scrape(server);
  database.read = read;
  assert.not.match(text, /^plumbline_held_changes \d/m);
  assert.match(text, /^plumbline_event_streams 0$/m);
});

metrics('are nowhere unless a setting says so', async () => {
  const plain = await startServer();
  assert.not.ok(plain.log.some((line) => line.includes('metricsPort')));
  await plain.stop();
});

metrics.run();
