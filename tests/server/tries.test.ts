/** The counting of tries, without a network around it: what a crowd of addresses can and cannot do. */
import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyRequest } from 'fastify';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { makeTries, type Tries } from '../../server/routes/tries.ts';

const test = suite('counting tries');

async function start(limits: { readonly perAccount: number; readonly perAddress: number }): Promise<Tries> {
  const app = fastify();
  await app.register(rateLimit, { global: false });
  await app.ready();
  return makeTries(app, { ...limits, windowMs: 60_000, perSessionMinute: 10 });
}

const from = (ip: string): FastifyRequest => ({ ip, routeOptions: {} }) as FastifyRequest;

test('an account stays closed however many other names are tried from however many addresses', async () => {
  const tries = await start({ perAccount: 3, perAddress: 300 });
  for (let n = 0; n < 4; n += 1) await tries.problem(from('192.0.2.1'), 'quinn@example.org');
  for (let n = 0; n < 12_000; n += 1) await tries.problem(from(`10.${n >> 8}.${n & 255}.7`), `nobody-${n}`);
  assert.is((await tries.problem(from('192.0.2.1'), 'quinn@example.org'))?.kind, 'too-many-tries');
});

test('the addresses of one IPv6 network count as one', async () => {
  const tries = await start({ perAccount: 100, perAddress: 3 });
  const ips = ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', '2001:db8:1:2:3:4:5:6', '2001:DB8:1:2::3'];
  const problems = [];
  for (const ip of ips) problems.push(await tries.problem(from(ip), `account ${ip}`));
  assert.equal(
    problems.map((problem) => problem?.kind),
    [undefined, undefined, undefined, 'too-many-tries'],
  );
  assert.is(await tries.problem(from('2001:db8:1:3::1'), 'another network'), null);
  assert.is(await tries.problem(from('::ffff:192.0.2.1'), 'an old address'), null);
});

test.run();
