/** Signing in with the council's own account, against a real OpenID provider: who comes in, with which roles, and who does not. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { applyRevoked } from '../../server/auth/apply-revoked.ts';
import { knownBrowsers, knownCookie } from '../../server/auth/known-browser.ts';
import { callbackPath } from '../../server/auth/openid.ts';
import type { RoleGrant } from '../../src/domain/values.ts';
import type { Enrolment } from '../../src/protocol/problem.ts';
import {
  councilPaths,
  sessionPaths,
  type Account,
  type AuthorityReply,
  type Session,
} from '../../src/protocol/session.ts';
import { freePort } from '../run/free-port.ts';
import { codeOf } from './authenticator-app.ts';
import { join, newId, openBrowser, type Browser, type Laptop } from './client.ts';
import { addPerson, firstQaLead, grant, password, service, startServer, team, type TestServer } from './example.ts';
import { startOpenIdProvider, type DirectoryAccount, type OpenIdProvider } from './openid-provider.ts';

interface Context {
  dataDir: string;
  env: Record<string, string>;
  server: TestServer;
  provider: OpenIdProvider;
  quinn: Laptop;
}

const mapping = [
  { group: 'plumbline-auditors', role: 'auditor' },
  { group: 'plumbline-assessment', role: 'team-lead', services: ['Assessment Service'] },
  { group: 'plumbline-qa', role: 'qa-lead' },
  { group: 'plumbline-heads', role: 'head-of-service', services: ['Assessment Service'], teams: ['North'] },
  { group: 'plumbline-moderators', role: 'moderator', teams: ['North'] },
  { group: 'plumbline-it', role: 'administrator', services: ['Assessment Service'] },
];

const test = suite<Context>('signing in with a council account');
test.before.each(async (context) => {
  context.dataDir = mkdtempSync(joinPath(tmpdir(), 'plumbline-council-'));
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  context.provider = await startOpenIdProvider(await freePort(), `${address}${callbackPath}`);
  const groups = joinPath(context.dataDir, 'groups.json');
  writeFileSync(groups, JSON.stringify(mapping));
  const { issuer, clientId, clientSecret } = context.provider;
  context.env = {
    ...{ PORT: String(port), PUBLIC_ADDRESS: address, OIDC_GROUPS_FILE: groups },
    ...{ OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret },
  };
  context.server = await startServer({ dataDir: context.dataDir, env: context.env });
  context.quinn = await firstQaLead(context.server);
});
test.after.each(async ({ server, provider, dataDir }) => {
  await server.stop();
  await provider.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const alex: DirectoryAccount = {
  ...{ sub: 'directory-1', name: 'Alex', email: 'Alex@example.org' },
  groups: ['plumbline-auditors', 'everybody'],
};

interface Cookie {
  readonly value: string;
  readonly isStrict: boolean;
}

/**
 * A browser that follows redirections, with a jar of cookies for each origin. Where it has been to another site on the way, somebody
 * has typed there, so that what comes after is asked for by that site: cookies with SameSite=Strict stay at home.
 */
function openJar() {
  const jars = new Map<string, Map<string, Cookie>>();
  const visited: string[] = [];
  const jarOf = (origin: string): Map<string, Cookie> => {
    const jar = jars.get(origin) ?? new Map<string, Cookie>();
    jars.set(origin, jar);
    return jar;
  };
  async function get(address: string, isCrossSite: boolean): Promise<Response> {
    const jar = jarOf(new URL(address).origin);
    visited.push(address);
    const sent = [...jar].filter(([, { isStrict }]) => !(isStrict && isCrossSite));
    const cookie = sent.map(([name, { value }]) => `${name}=${value}`).join('; ');
    const reply = await fetch(address, { redirect: 'manual', headers: cookie === '' ? {} : { cookie } });
    for (const set of reply.headers.getSetCookie()) {
      const [pair = ''] = set.split(';');
      const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
      if (value === '' || /Expires=Thu, 01 Jan 1970/i.test(set)) jar.delete(name);
      else jar.set(name, { value, isStrict: /; *SameSite=Strict/i.test(set) });
    }
    return reply;
  }
  return {
    visited,
    names: (origin: string): string[] => [...jarOf(origin).keys()],
    cookie: (origin: string, name: string): string | undefined => jarOf(origin).get(name)?.value,
    forget: (origin: string) => void jars.delete(origin),
    put: (origin: string, name: string, value: string) => void jarOf(origin).set(name, { value, isStrict: true }),
    /** Follows to the page of the app at the end: its path and fragment. */
    async follow(address: string, stopAt: RegExp = /\/signed-in/): Promise<string> {
      const begunAt = new URL(address).hostname;
      let [at, isCrossSite] = [address, false];
      for (let hops = 0; hops < 15; hops += 1) {
        if (stopAt.test(at)) return at.slice(new URL(at).origin.length);
        const reply = await get(at, isCrossSite);
        const to = reply.headers.get('location');
        if (to === null) throw new Error(`No way on from ${at}: ${reply.status} ${await reply.text()}`);
        at = new URL(to, at).href;
        isCrossSite ||= new URL(at).hostname !== begunAt;
      }
      throw new Error('No end of redirections');
    },
  };
}

async function signIn({ server }: Context, query = '', jar = openJar()) {
  const came = await jar.follow(new URL(`${councilPaths.start}${query}`, server.address).href);
  const browser = openBrowser(server.address);
  const session = jar.cookie(new URL(server.address).origin, '__Host-plumbline');
  browser.cookie = session === undefined ? undefined : `__Host-plumbline=${session}`;
  const who = await browser.post<Session>(sessionPaths.session, {});
  return { came, browser, session: who.problem === undefined ? who.body : null, jar };
}

/** The roles that somebody has by their record. */
function rolesOf({ server }: Context, person: string): string[] {
  const [row] = server.rows(`select units from record where id = '${person}'`);
  const units = JSON.parse(String(row?.['units'])) as {
    roles?: { value: { grants: { role: string; to: unknown }[] } };
  };
  return (units.roles?.value.grants ?? []).map(({ role }) => role);
}

test('somebody new comes in with the roles of their groups, and is the same person the next time', async (context) => {
  context.provider.who = alex;
  const first = await signIn(context);
  assert.is(first.came, councilPaths.back);
  assert.is(first.session?.name, 'Alex');
  assert.equal(first.session?.notices, [], 'nobody else is to be told');
  const { person = '' } = first.session ?? {};
  assert.equal(rolesOf(context, person), ['auditor']);
  context.provider.who = { ...alex, email: 'alex.married@example.org' };
  const again = await signIn(context);
  assert.is(again.session?.person, person, 'known by the directory’s own name for them');
  const asked = await openBrowser(context.server.address).post<AuthorityReply>(sessionPaths.authority, {});
  assert.is(asked.body.councilSignIn, true);
});

test('the session is as any other, and the cookie of the way is gone', async (context) => {
  context.provider.who = alex;
  const { jar } = await signIn(context);
  assert.equal(jar.names(new URL(context.server.address).origin).sort(), [
    '__Host-plumbline',
    '__Host-plumbline-known',
  ]);
  const begun = jar.visited.find((address) => address.includes('/auth?'));
  const asked = new URL(begun ?? '').searchParams;
  assert.is(asked.get('code_challenge_method'), 'S256');
  assert.ok(asked.get('nonce') && asked.get('state'));
});

test('the browser’s earlier session ends, though its cookie does not come back from another site', async (context) => {
  const { server, provider, quinn } = context;
  provider.who = alex;
  const first = await signIn(context);
  const again = await signIn(context, '', first.jar);
  assert.is(again.session?.person, first.session?.person);
  assert.is((await first.browser.post(sessionPaths.session, {})).problem?.kind, 'signed-out', 'their own');
  assert.is((await again.browser.post(sessionPaths.session, {})).problem, undefined);

  const shared = openJar();
  const { origin } = new URL(server.address);
  shared.put(origin, '__Host-plumbline', quinn.browser.cookie?.split('=')[1] ?? '');
  provider.who = null;
  assert.is((await signIn(context, '', shared)).came, `${councilPaths.back}#refused=refused`);
  assert.is((await quinn.browser.post(sessionPaths.session, {})).problem, undefined, 'nobody came in');
  provider.who = alex;
  assert.is((await signIn(context, '', shared)).came, councilPaths.back);
  assert.is((await quinn.browser.post(sessionPaths.session, {})).problem?.kind, 'signed-out', 'a colleague’s');
});

test('so does one that began in another tab while somebody was at the provider, where the browser does send its cookie', async (context) => {
  const { server, provider } = context;
  provider.who = alex;
  const { origin } = new URL(server.address);
  const [own, other] = [openJar(), await signIn(context)];
  const back = await own.follow(new URL(councilPaths.start, server.address).href, /council\/callback/);
  own.put(origin, '__Host-plumbline', other.jar.cookie(origin, '__Host-plumbline') ?? '');
  assert.is(await own.follow(new URL(back, server.address).href), councilPaths.back);
  assert.is((await other.browser.post(sessionPaths.session, {})).problem?.kind, 'signed-out');
});

test('another site begins no sign-in here', async ({ server }) => {
  const begin = async (from: string | undefined) => {
    const headers: Record<string, string> = from === undefined ? {} : { 'sec-fetch-site': from };
    const reply = await fetch(new URL(councilPaths.start, server.address), { redirect: 'manual', headers });
    return reply.headers.get('location');
  };
  for (const from of ['cross-site', 'same-site', 'what a later browser says'])
    assert.is(await begin(from), `${councilPaths.back}#refused=failed`, from);
  assert.equal(server.rows('select * from council_try'), []);
  for (const from of ['same-origin', 'none', undefined])
    assert.match((await begin(from)) ?? '', '/auth?', from ?? 'an older browser says nothing');
});

test('an address that the provider does not say is theirs opens nothing, however it says so', async (context) => {
  await addPerson(context.quinn, 'Alex', grant('auditor'));
  const comes = async (email_verified: boolean | string | undefined) => {
    context.provider.who = email_verified === undefined ? alex : { ...alex, email_verified };
    return (await signIn(context)).came;
  };
  for (const said of [false, 'false', 'no', ''])
    assert.is(await comes(said), `${councilPaths.back}#refused=failed`, `${typeof said} ${said}`);
  for (const said of [true, 'true', undefined])
    assert.is(await comes(said), councilPaths.back, `${typeof said} ${said}`);
});

test('colleagues who share a laptop keep the marks by which it is known', async (context) => {
  const { server, provider, quinn } = context;
  const { origin } = new URL(server.address);
  const jar = openJar();
  const { recoveryKey, randomBytes } = server.plumbline.server;
  const known = knownBrowsers(recoveryKey, randomBytes);
  jar.put(origin, knownCookie, known.mark(undefined, quinn.session.email));
  const nameOf = (email: string) => known.nameOf(jar.cookie(origin, knownCookie), email);
  const quinns = nameOf(quinn.session.email);
  provider.who = alex;
  await signIn(context, '', jar);
  assert.is(nameOf(quinn.session.email), quinns);
  const alexs = nameOf('alex@example.org');
  assert.type(alexs, 'string');
  provider.who = { ...alex, sub: 'directory-2', name: 'Sam', email: 'sam@example.org' };
  jar.forget(new URL(provider.issuer).origin);
  await signIn(context, '', jar);
  assert.equal([nameOf('alex@example.org'), nameOf(quinn.session.email)], [alexs, quinns]);
  assert.type(nameOf('sam@example.org'), 'string');
  assert.equal(server.rows('select * from council_try'), [], 'and none stays in the database');
});

test('a person whom a QA lead has added is found by email once, and nobody else gets in by that email', async (context) => {
  const { quinn } = context;
  const known = await addPerson(quinn, 'Alex', grant('auditor'));
  context.provider.who = alex;
  const tied = await signIn(context);
  assert.is(tied.session?.person, known.session.person);
  assert.equal(
    tied.session?.notices?.map(({ kind }) => kind),
    ['council-linked'],
    'they are told that it was tied to them',
  );
  context.provider.who = { ...alex, sub: 'directory-2', name: 'Somebody with the same address' };
  const other = await signIn(context);
  assert.is(other.came, `${councilPaths.back}#refused=unknown`);
  assert.is(other.session, null);
});

test('whoever prepared a record for somebody has no way into it once their council account is tied, whatever the groups give', async (context) => {
  const { quinn, server, provider } = context;
  const prepared = await addPerson(quinn, 'Alex', grant('auditor'));
  const { browser, session } = prepared;
  const begun = await browser.post<Enrolment>(sessionPaths.beginFactor, { password });
  const code = codeOf(begun.body.secret, server.clock.ms);
  assert.is((await browser.post(sessionPaths.confirmFactor, { code })).problem, undefined);
  const { body } = await quinn.browser.post<{ link: string }>(sessionPaths.invite, { person: session.person });
  provider.who = { ...alex, groups: ['plumbline-qa'] };
  const tied = await signIn(context);
  assert.equal([tied.session?.person, rolesOf(context, session.person)], [session.person, ['qa-lead']]);
  assert.is((await browser.post(sessionPaths.session, {})).problem?.kind, 'signed-out');
  server.clock.ms += 60_000;
  const stranger = openBrowser(server.address);
  const again = { email: session.email, password, code: codeOf(begun.body.secret, server.clock.ms) };
  assert.is((await stranger.post(sessionPaths.signIn, again)).problem?.kind, 'wrong-credentials');
  assert.is((await join(stranger, body.link, 'another good password')).problem?.kind, 'bad-invitation');
  assert.is((await tied.browser.post(sessionPaths.session, {})).problem, undefined);
});

test('the sign-in that ties an account outlasts a restart, on a clock that goes on meanwhile', async (context) => {
  const { server, provider, quinn } = context;
  const { server: running } = server.plumbline;
  await addPerson(quinn, 'Alex', grant('auditor'));
  Object.assign(running, { now: () => (server.clock.ms += 1) });
  provider.who = alex;
  const tied = await signIn(context);
  await applyRevoked(running);
  assert.is((await tied.browser.post(sessionPaths.session, {})).problem, undefined);
});

test('a QA lead who signs in with a council account as well keeps their password', async (context) => {
  context.provider.who = {
    ...alex,
    sub: 'directory-q',
    name: 'Quinn',
    email: 'quinn@example.org',
    groups: ['plumbline-qa'],
  };
  assert.is((await signIn(context)).session?.person, context.quinn.session.person);
  const own = await openBrowser(context.server.address).post(sessionPaths.signIn, {
    email: 'quinn@example.org',
    password,
  });
  assert.is(own.problem, undefined);
});

test('changed groups count at the next sign-in, also none; the work of somebody without a role can still be handed in', async (context) => {
  const { quinn } = context;
  const assessment = newId();
  await quinn.write(service(assessment, 'Assessment Service'));
  context.provider.who = alex;
  const { person = '' } = (await signIn(context)).session ?? {};
  context.provider.who = { ...alex, groups: ['plumbline-assessment'] };
  await signIn(context);
  assert.equal(rolesOf(context, person), ['team-lead']);
  assert.match(JSON.stringify(context.server.rows(`select units from record where id = '${person}'`)), assessment);
  context.provider.who = { ...alex, groups: [] };
  assert.is((await signIn(context)).session?.person, person);
  assert.equal(rolesOf(context, person), []);
  assert.ok(
    context.server.plumbline.server.revoked.list().some((each) => each.kind === 'roles' && each.person === person),
  );
});

test('groups give every role, each with what it reaches and no more', async (context) => {
  const { quinn, server } = context;
  const [assessment, north] = [newId(), newId()];
  context.provider.who = { ...alex, groups: ['plumbline-heads', 'plumbline-moderators', 'plumbline-it'] };
  const nothingYet = (await signIn(context)).session?.person ?? '';
  assert.equal(rolesOf(context, nothingYet), ['administrator'], 'a name that is nobody’s yet gives nothing');
  await quinn.write(service(assessment, 'Assessment Service'), team(north, 'North', assessment));
  await signIn(context);
  const [row] = server.rows(`select units from record where id = '${nothingYet}'`);
  const { roles } = JSON.parse(String(row?.['units'])) as { roles: { value: { grants: RoleGrant[] } } };
  assert.equal(roles.value.grants.map(({ role, services, teams }) => [role, services, teams]).sort(), [
    ['administrator', [], []],
    ['head-of-service', [assessment], []],
    ['moderator', [], [north]],
  ]);
});

test('one group may come as a string; a claim that is not there changes nobody’s roles and lets nobody new in', async (context) => {
  const { groups: _, ...unlisted } = alex;
  context.provider.who = { ...alex, groups: 'plumbline-auditors' };
  const { person = '' } = (await signIn(context)).session ?? {};
  assert.equal(rolesOf(context, person), ['auditor']);
  context.provider.who = unlisted;
  assert.is((await signIn(context)).session?.person, person);
  assert.equal(rolesOf(context, person), ['auditor'], 'as they were');
  assert.ok(context.server.log.some((line) => line.includes('groups-missing') && line.includes(person)));
  context.provider.who = { ...unlisted, sub: 'directory-3', email: 'sam@example.org' };
  assert.is((await signIn(context)).came, `${councilPaths.back}#refused=groups`);
});

test('an account with more groups than Entra ID lists is refused, told so and logged, and nobody’s roles change', async (context) => {
  const { groups: _, ...unlisted } = alex;
  context.provider.who = alex;
  const { person = '' } = (await signIn(context)).session ?? {};
  const refusals = () => context.server.log.filter((line) => line.includes('"why":"groups"')).length;
  let refused = 0;
  for (const overage of [{ hasgroups: true }, { hasgroups: 'true' }, { _claim_names: { groups: 'src1' } }])
    for (const who of [
      { ...unlisted, ...overage },
      { ...unlisted, ...overage, sub: 'directory-9', email: 'sam@example.org' },
    ]) {
      context.provider.who = who;
      const { came, session } = await signIn(context);
      assert.equal([came, session], [`${councilPaths.back}#refused=groups`, null], JSON.stringify(overage));
      assert.is(refusals(), (refused += 1));
    }
  assert.equal(rolesOf(context, person), ['auditor']);
});

test('somebody whose account was made anew is shut out until whoever looks after accounts unties the old one', async (context) => {
  const { provider, server, quinn } = context;
  provider.who = alex;
  const first = await signIn(context);
  const { person = '' } = first.session ?? {};
  const anew = { ...alex, sub: 'directory-anew' };
  provider.who = anew;
  assert.is((await signIn(context)).came, `${councilPaths.back}#refused=unknown`);
  const unlink = async (by: Browser, whom: string) =>
    (await by.post(sessionPaths.unlinkCouncil, { person: whom })).problem?.kind;
  assert.is(await unlink(first.browser, person), 'not-found', 'not by themselves');
  assert.is(await unlink(quinn.browser, newId()), 'not-found');
  const accounts = async () =>
    (await quinn.browser.post<{ accounts: Account[] }>(sessionPaths.accounts, {})).body.accounts;
  assert.is((await accounts()).find((one) => one.person === person)?.council, true);
  assert.is(await unlink(quinn.browser, person), undefined);
  assert.is((await accounts()).find((one) => one.person === person)?.council, undefined);
  assert.is((await first.browser.post(sessionPaths.session, {})).problem?.kind, 'signed-out');
  assert.is(await unlink(quinn.browser, person), 'not-found', 'nothing is tied');
  assert.ok(server.log.some((line) => line.includes('council-unlinked') && line.includes(quinn.session.person)));

  server.clock.ms += 1000;
  const again = await signIn(context);
  assert.is(again.session?.person, person);
  assert.equal(
    again.session?.notices?.map(({ kind }) => kind),
    ['council-unlinked', 'council-linked'],
  );
  provider.who = alex;
  assert.is((await signIn(context)).came, `${councilPaths.back}#refused=unknown`, 'the old one is nobody’s now');

  provider.who = { sub: 'directory-q', name: 'Quinn', email: 'quinn@example.org', groups: ['plumbline-qa'] };
  const lead = await signIn(context);
  assert.is(lead.session?.person, quinn.session.person);
  assert.is(await unlink(lead.browser, quinn.session.person), 'not-found', 'nor one’s own');
});

test('a database from before does not tie an account again that was untied, nor untie one that was tied since', async (context) => {
  const { provider, server, quinn } = context;
  provider.who = alex;
  const first = await signIn(context);
  const { person = '' } = first.session ?? {};
  const [tie = {}] = server.rows(`select * from identity where person = '${person}'`);
  const [session = {}] = server.rows(`select * from session where person = '${person}'`);
  const put = (table: string, row: Record<string, unknown>): void => {
    const values = Object.values(row).map((value) => (value === null ? 'null' : `'${String(value)}'`));
    server.damage(`insert into ${table} (${Object.keys(row).join(', ')}) values (${values.join(', ')})`);
  };
  server.clock.ms += 1000;
  assert.is((await quinn.browser.post(sessionPaths.unlinkCouncil, { person })).problem, undefined);
  put('identity', tie);
  put('session', session);
  assert.is((await first.browser.post(sessionPaths.session, {})).problem, undefined, 'put back');
  await applyRevoked(server.plumbline.server);
  assert.is((await first.browser.post(sessionPaths.session, {})).problem?.kind, 'signed-out');
  assert.equal(server.rows(`select * from identity where person = '${person}'`), []);

  server.clock.ms += 1000;
  const again = await signIn(context);
  assert.is(again.session?.person, person, 'the same account, tied anew');
  await applyRevoked(server.plumbline.server);
  assert.is((await again.browser.post(sessionPaths.session, {})).problem, undefined);
  assert.equal(server.rows(`select * from identity where person = '${person}'`), [tie]);
});

test('a recovery that the provider or this server turns away says on its way back whose it was', async (context) => {
  context.provider.who = null;
  const keyring = newId();
  const { came } = await signIn(context, `?recovers=${keyring}`);
  assert.is(came, `${councilPaths.back}#refused=refused&recovers=${keyring}`);
  context.provider.who = { ...alex, groups: ['everybody'] };
  const unknown = await signIn(context, `?recovers=${keyring}`);
  assert.is(unknown.came, `${councilPaths.back}#refused=unknown&recovers=${keyring}`);
});

test('the last QA lead stays one, whatever the groups say', async (context) => {
  const { quinn } = context;
  context.provider.who = { ...alex, sub: 'directory-q', name: 'Quinn', email: 'quinn@example.org' };
  assert.is((await signIn(context)).session?.person, quinn.session.person);
  assert.equal(rolesOf(context, quinn.session.person), ['qa-lead']);
});

test('nobody comes in who is disabled there, blocked here, or in no group and not known', async (context) => {
  const { provider, server, quinn } = context;
  provider.who = null;
  assert.is((await signIn(context)).came, `${councilPaths.back}#refused=refused`);
  provider.who = { ...alex, groups: ['everybody'] };
  assert.is((await signIn(context)).came, `${councilPaths.back}#refused=unknown`);
  provider.who = alex;
  const first = await signIn(context);
  await quinn.browser.post(sessionPaths.access, { person: first.session?.person, allowed: false });
  assert.is((await first.browser.post(sessionPaths.session, {})).problem?.kind, 'signed-out');
  assert.is((await signIn(context)).came, `${councilPaths.back}#refused=blocked`);
  assert.is(server.log.filter((line) => line.includes('council-sign-in-refused')).length, 3);
});

test('an answer counts once, in the browser that asked, within ten minutes', async (context) => {
  const { server, provider } = context;
  provider.who = alex;
  const start = new URL(councilPaths.start, server.address).href;
  const failed = `${councilPaths.back}#refused=failed`;

  const done = await signIn(context);
  const answer = done.jar.visited.find((address) => address.includes(callbackPath)) ?? '';
  assert.is(await done.jar.follow(answer), failed, 'replayed');

  const [own, other] = [openJar(), openJar()];
  const back = await own.follow(start, /council\/callback/);
  assert.is(await other.follow(new URL(back, server.address).href), failed, 'in another browser');

  const late = openJar();
  const lateBack = await late.follow(start, /council\/callback/);
  server.clock.ms += 10 * 60_000 + 1;
  assert.is(await late.follow(new URL(lateBack, server.address).href), failed, 'too late');

  const forged = openJar();
  const forgedBack = new URL(await forged.follow(start, /council\/callback/), server.address);
  forgedBack.searchParams.set('code', 'not-a-code-of-the-provider');
  assert.is(await forged.follow(forgedBack.href), failed, 'a code that is none');

  const mixed = openJar();
  const mixedBack = new URL(await mixed.follow(start, /council\/callback/), server.address);
  mixedBack.searchParams.set('iss', 'https://elsewhere.example');
  assert.is(await mixed.follow(mixedBack.href), failed, 'of another issuer');
});

test('a recovery secret is given to a council sign-in made for it', async (context) => {
  context.provider.who = alex;
  const { browser } = await signIn(context);
  const [keyring, secret] = [newId(), 'ab'.repeat(32)];
  await browser.post(sessionPaths.deposit, { device: newId(), keyring, secret });
  assert.is((await browser.post(sessionPaths.recover, { keyring })).problem?.kind, 'stale-sign-in');
  const signed = await signIn(context, `?recovers=${keyring}`);
  assert.is(signed.came, `${councilPaths.back}#recovers=${keyring}`);
  assert.equal((await signed.browser.post(sessionPaths.recover, { keyring })).body, { secret });
});

test('a recovery secret is not given to whoever is still signed in at the provider, whatever the address asked of it', async (context) => {
  const { provider, server } = context;
  provider.who = alex;
  provider.typedSecondsAgo = 600;
  const keyring = newId();
  const start = `${councilPaths.start}?recovers=${keyring}`;
  const failed = `${councilPaths.back}#refused=failed&recovers=${keyring}`;
  const { jar } = await signIn(context);
  for (const maxAge of [null, '100000']) {
    const asked = new URL(await jar.follow(new URL(start, server.address).href, /\/auth\?/), provider.issuer);
    assert.is(asked.searchParams.get('prompt'), 'login');
    assert.is(asked.searchParams.get('max_age'), '0');
    asked.searchParams.delete('prompt');
    asked.searchParams.delete('max_age');
    if (maxAge !== null) asked.searchParams.set('max_age', maxAge);
    assert.is(await jar.follow(asked.href), failed);
  }
  provider.typedSecondsAgo = 0;
  assert.is((await signIn(context, `?recovers=${keyring}`, jar)).came, `${councilPaths.back}#recovers=${keyring}`);
});

test('a QA lead by council account alone is one: no link for another is made, unless council accounts are turned off', async (context) => {
  const { provider, dataDir } = context;
  provider.who = { ...alex, sub: 'directory-q', name: 'Quinn', email: 'quinn@example.org' };
  await signIn(context);
  context.server.damage("update account set password = ''");
  await context.server.plumbline.close();
  const start = (env: Record<string, string>) => startServer({ dataDir, env });
  context.server = await start(context.env);
  assert.is(context.server.plumbline.firstLink, null);
  await context.server.plumbline.close();
  context.server = await start({});
  assert.match(context.server.plumbline.firstLink ?? '', '/join#');
});

test('a provider that is away is said, and asked again the next time', async (context) => {
  await context.provider.stop();
  assert.is((await signIn(context)).came, `${councilPaths.back}#refused=away`);
});

test.run();
