/**
 * The configurations of docs/deploy, run: a laptop signs in, pushes, pulls and hears of news through nginx and through Caddy,
 * each with TLS. `.ci/run` installs both; where one is missing the file says so.
 */
import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { batchLimitBytes } from '../../src/protocol/op.ts';
import { sessionPaths } from '../../src/protocol/session.ts';
import { paths } from '../../src/protocol/sync.ts';
import { newId, openBrowser, openLaptop, signIn } from '../server/client.ts';
import { caseOf, firstQaLead, password, service, startServer } from '../server/example.ts';
import { beatsIn, listen, pokesIn, until } from '../server/stream.ts';
import { isHere, programs, startProxy, type ProxyProgram } from './proxy.ts';

// The certificate is made up, and Node 20 takes no other authority once it runs. Nothing but 127.0.0.1 is spoken to here.
process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';

const proxies = suite('the documented proxies');

proxies('the stream of events is named by its address, in what is passed on at once and in what is said of it', () => {
  assert.match(readFileSync('docs/deploy/nginx.conf', 'utf8'), `location = ${paths.pokes} {`);
  assert.match(readFileSync('docs/deploy.md', 'utf8'), `events (\`${paths.pokes}\`)`);
});

for (const program of programs.filter(isHere)) {
  proxies(`${program.name}: a laptop signs in, pushes, pulls, and hears of news at once`, () =>
    behind(program, async ({ address, server }) => {
      const quinn = await firstQaLead(server);
      const browser = openBrowser(address);
      const reply = await signIn(browser, 'quinn@example.org', password);
      assert.is(reply.status, 200);
      assert.match(String(reply.headers.get('set-cookie')), /^__Host-.*; Secure/i);
      assert.match(String(reply.headers.get('strict-transport-security')), /max-age=31536000/);
      const laptop = openLaptop(browser, reply.body);

      const stream = await listen(laptop);
      await until('the first beat has come through', () => beatsIn(stream) === 1);
      const before = pokesIn(stream);
      await quinn.write(service(newId(), 'Assessment'));
      await until('the poke has come through', () => pokesIn(stream) > before);

      await laptop.pull();
      assert.ok([...laptop.records.values()].some(({ kind }) => kind === 'service'));
      assert.is((await laptop.write(service(newId(), 'Early Help'))).status, 200);
    }),
  );

  proxies(`${program.name}: takes a push as large as a laptop may send`, () =>
    behind(program, async ({ address, server }) => {
      await firstQaLead(server);
      const browser = openBrowser(address);
      const laptop = openLaptop(browser, (await signIn(browser, 'quinn@example.org', password)).body);
      const edits = Array.from({ length: 12 }, () => caseOf(newId(), 'A'.repeat(40)));
      const push = await laptop.push(laptop.seal(edits), { padding: 'x'.repeat(batchLimitBytes - 10_000) });
      assert.is(push.status, 200);
    }),
  );

  proxies(`${program.name}: nobody can say that they come from another address`, () =>
    behind(program, async ({ address, server }) => {
      const browser = openBrowser(address);
      const forged = { 'x-forwarded-for': '203.0.113.9' };
      await browser.post(sessionPaths.signIn, { email: 'nobody@example.org', password: 'wrong' }, forged);
      const [refused] = server.log.filter((line) => line.includes('"sign-in-refused"'));
      assert.match(String(refused), '"address":"127.0.0.1"');
    }),
  );
}

interface Behind {
  readonly address: string;
  readonly server: Awaited<ReturnType<typeof startServer>>;
}

async function behind(program: ProxyProgram, work: (behind: Behind) => Promise<void>): Promise<void> {
  const server = await startServer({ env: { BEHIND_PROXY: '1' } });
  const proxy = await startProxy(program, server.address);
  try {
    await work({ address: proxy.address, server });
  } finally {
    await server.stop();
    await proxy.stop();
  }
}

for (const { name, program } of programs.filter((each) => !isHere(each)))
  console.log(`SKIPPED: ${name} is not installed at ${program}.`);

proxies.run();
