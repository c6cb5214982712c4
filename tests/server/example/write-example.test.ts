/** The example authority in a real server: accepted whole, with chains, versions and digests that are what they would be. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openExampleAccounts, type OpenedAccount } from '../../../server/auth/example-accounts.ts';
import { ConfigError } from '../../../server/config.ts';
import { startExample } from '../../../server/example/example-start.ts';
import { writeExample } from '../../../server/example/write-example.ts';
import { firstHead, leafOf, nextHead, valueHash } from '../../../src/domain/chain.ts';
import { exampleAuthority, type ExampleAuthority } from '../../../src/domain/example/example-authority.ts';
import type { DeviceId } from '../../../src/domain/ids.ts';
import type { Op } from '../../../src/domain/record.ts';
import { hash, openBrowser, openLaptop, signIn, type Laptop } from '../client.ts';
import { startServer, type TestServer } from '../example.ts';

const test = suite<{ small: Filled }>('the example authority on a server');

const today = '2026-05-04';
const example = (months: number): ExampleAuthority => exampleAuthority({ today, hash, seed: 'server', months });

interface Filled {
  readonly server: TestServer;
  readonly accounts: readonly OpenedAccount[];
}

async function filledWith(authority: ExampleAuthority): Promise<Filled> {
  let accounts: readonly OpenedAccount[] = [];
  const server = await startServer({
    env: { AUTHORITY_NAME: authority.name },
    fill: async (made) => {
      await writeExample(made, authority);
      accounts = await openExampleAccounts(made, authority.accounts);
    },
  });
  return { server, accounts };
}

async function laptopOf({ server, accounts }: Filled, role: OpenedAccount['role']): Promise<Laptop> {
  const account = accounts.find((one) => one.role === role);
  const browser = openBrowser(server.address);
  const signedIn = await signIn(browser, account?.email ?? '', account?.password ?? '');
  assert.is(signedIn.problem, undefined);
  return openLaptop(browser, signedIn.body);
}

const countOf = ({ server }: Filled, sql: string): number => Number(Object.values(server.rows(sql)[0] ?? {})[0]);

/** Every device's chain, recomputed from the rows. */
function assertChains({ server }: Filled): void {
  const heads = new Map<string, { seq: number; head: string }>();
  for (const row of server.rows('select * from op order by device, seq')) {
    const op = opOf(row);
    const before = heads.get(op.device) ?? { seq: 0, head: firstHead(hash, op.device) };
    assert.is(op.leaf, leafOf(hash, op, valueHash(hash, op.salt, op.value)));
    assert.equal([op.seq, op.prev], [before.seq + 1, before.head]);
    heads.set(op.device, { seq: op.seq, head: nextHead(hash, op.prev, op.leaf) });
  }
  const devices = server.rows('select device, seq, head from device');
  assert.ok(devices.length > 20);
  for (const { device, seq, head } of devices) assert.equal(heads.get(String(device)), { seq, head });
}

const opOf = (row: Record<string, unknown>): Op =>
  ({
    ...row,
    group: row['grp'],
    groupSize: row['group_size'],
    claimed: { ms: row['claimed_ms'], count: row['claimed_count'] },
    settles: JSON.parse(String(row['settles'])) as unknown,
    value: JSON.parse(String(row['value'])) as unknown,
    device: row['device'] as DeviceId,
  }) as unknown as Op;

const small = example(2);
test.before(async (context) => {
  context.small = await filledWith(small);
});
test.after((context) => context.small.server.stop());

test('is accepted whole, each person’s actions in a chain of their own, at the times at which they were done', (context) => {
  const filled = context.small;
  const groups = [...small.groups()];
  const edits = groups.reduce((sum, group) => sum + group.edits.length, 0);
  assert.is(countOf(filled, 'select count(*) from held'), 0);
  // One more: the server's own settings.
  assert.is(countOf(filled, 'select count(*) from op where accepted = 1'), edits + 1);
  assert.is(countOf(filled, 'select count(distinct grp) from op'), groups.length + 1);
  assertChains(filled);
  assert.is(countOf(filled, `select count(*) from record where units like '%"others":[{%'`), 0);
  const midnight = Date.parse(`${today}T00:00:00Z`);
  assert.is(countOf(filled, `select count(*) from op where received_ms >= ${midnight} and kind <> 'settings'`), 0);
  assert.is(countOf(filled, 'select count(*) from op where order_ms <> claimed_ms'), 0);
  assert.is(filled.server.plumbline.firstLink, null, 'nobody is asked to become the first QA lead');
});

test('gives each account its role: what they pull adds up, and is theirs to see', async ({ small: filled }) => {
  const [auditor, lead, quality] = [
    await laptopOf(filled, 'auditor'),
    await laptopOf(filled, 'team-lead'),
    await laptopOf(filled, 'qa-lead'),
  ];
  const audits = [];
  for (const laptop of [auditor, lead, quality]) {
    assert.match(laptop.session.authorityName, 'made up');
    assert.match(laptop.session.name, 'made up');
    assert.equal((await laptop.pull()).total, laptop.total());
    audits.push([...laptop.records.values()].filter(({ kind }) => kind === 'audit'));
  }
  const [own = [], led = [], all = []] = audits;
  assert.ok(own.length >= 2 && own.length < led.length && led.length < all.length);
  const services = new Set(led.map(({ units }) => units['allocation']?.value['service']));
  assert.is(services.size, 1, 'the lead’s own service');
  // What is old is sent to the QA lead in columns, as it would be had it lain there all the time.
  assert.equal([...new Set(all.map(({ projection }) => projection))].sort(), ['columns', 'full']);
});

test('is written whole: two years of audits', async () => {
  const authority = example(24);
  const filled = await filledWith(authority);
  try {
    assert.is(countOf(filled, 'select count(*) from held'), 0);
    const count = (kind: string): number => countOf(filled, `select count(*) from record where kind = '${kind}'`);
    const audits = count('audit');
    assert.ok(audits >= 660 && audits <= 760, `${audits} audits`);
    assert.equal([count('service'), count('team'), count('person')], [9, 25, 44]);
    const units = countOf(filled, `select count(*) from op where kind = 'audit'`) / audits;
    assert.ok(units > 14 && units < 26, `${units} units an audit`);
    assertChains(filled);
    const laptop = await laptopOf(filled, 'qa-lead');
    assert.equal((await laptop.pull()).total, laptop.total());
  } finally {
    await filled.server.stop();
  }
});

test('refuses to start where a setting says whose data to open', () => {
  for (const setting of ['DATA_DIR', 'DATABASE_URL', 'AUTHORITY_NAME', 'ADMIN_EMAIL']) {
    try {
      startExample({ [setting]: 'something' });
      assert.unreachable();
    } catch (error) {
      assert.instance(error, ConfigError);
      assert.match((error as Error).message, `without ${setting}`);
    }
  }
});

test.run();
