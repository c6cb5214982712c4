/** A server on a scratch folder with its own clock, and the people, teams and audits that tests speak of. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { readConfig } from '../../server/config.ts';
import { makeLog } from '../../server/log.ts';
import { openPlumbline, type Plumbline, type PlumblineOptions } from '../../server/plumbline.ts';
import type { AllocationValue, RoleGrant } from '../../src/domain/values.ts';
import { sessionPaths } from '../../src/protocol/session.ts';
import { join, newId, openBrowser, openLaptop, type Edit, type Laptop } from './client.ts';
import { openTestDatabase } from './test-database.ts';

export const password = 'a long enough password';

export interface TestServer {
  readonly address: string;
  readonly dataDir: string;
  readonly plumbline: Plumbline;
  readonly clock: { ms: number };
  readonly log: string[];
  /** Every row of every table, as one text. */
  dump(): string;
  rows(sql: string): Record<string, unknown>[];
  /** Changes the database by hand. */
  damage(sql: string): void;
  stop(): Promise<void>;
}

export async function startServer(
  options: Partial<PlumblineOptions> & { readonly env?: Record<string, string>; readonly dataDir?: string } = {},
): Promise<TestServer> {
  const dataDir = options.dataDir ?? mkdtempSync(joinPath(tmpdir(), 'plumbline-server-'));
  const database = await openTestDatabase(dataDir);
  const clock = { ms: Date.parse('2026-05-04T10:00:00Z') };
  const log: string[] = [];
  const now = () => clock.ms;
  const plumbline = await openPlumbline({
    config: readConfig({ PORT: '0', DATA_DIR: dataDir, AUTHORITY_NAME: 'Testshire', ...database.env, ...options.env }),
    platform: { now, newId, randomBytes },
    log: makeLog((line) => log.push(line), now),
    passwordCost: { N: 2 ** 10, r: 8, p: 1 },
    appDir: joinPath(dataDir, 'dist'),
    beatMs: 20_000,
    tryLimits: {
      perAccount: 1000,
      perAddress: 1000,
      firstWaitMs: 15_000,
      perPersonMinute: 100_000,
      perAddressMinute: 100_000,
      newLaptops: 100_000,
      keptBytesDay: 1e12,
    },
    ...options,
  });
  const address = await plumbline.listen();
  return {
    address,
    dataDir,
    plumbline,
    clock,
    log,
    rows: database.rows,
    damage: database.damage,
    dump: database.dump,
    async stop() {
      await plumbline.close();
      if (options.dataDir !== undefined) return;
      rmSync(dataDir, { recursive: true, force: true });
      await database.drop();
    },
  };
}

export const grant = (role: RoleGrant['role'], scope: { services?: string[]; teams?: string[] } = {}): object => ({
  role,
  services: scope.services ?? [],
  teams: scope.teams ?? [],
  from: '2020-01-01',
  to: null,
});

export const profile = (record: string, name: string, email: string): Edit => ({
  record,
  kind: 'person',
  unit: 'profile',
  value: { name, email },
});

export const roles = (record: string, ...grants: object[]): Edit => ({
  record,
  kind: 'person',
  unit: 'roles',
  value: { grants },
});

export const service = (record: string, name: string): Edit => ({
  record,
  kind: 'service',
  unit: 'profile',
  value: { name, from: '2020-01-01', to: null, was: [] },
});

export const team = (record: string, name: string, inService: string): Edit => ({
  record,
  kind: 'team',
  unit: 'profile',
  value: { name, from: '2020-01-01', to: null, was: [], service: inService },
});

export const caseOf = (record: string, reference = 'A1'): Edit => ({
  record,
  kind: 'audit',
  unit: 'case',
  value: { reference, initials: null, ageBand: null, header: {} },
});

export const allocation = (record: string, value: Partial<Record<keyof AllocationValue, unknown>>): Edit => ({
  record,
  kind: 'audit',
  unit: 'allocation',
  value: {
    tool: 'assessment@1.0.0',
    service: newId(),
    team: newId(),
    auditor: null,
    moderator: null,
    due: null,
    selection: 'random',
    cycle: null,
    extendedTo: null,
    extensionApprover: null,
    extensionReason: '',
    exempt: false,
    exemptionApprover: null,
    exemptionReason: '',
    ...value,
  },
});

export const section = (record: string, grade: string | null, evidence = '', id = 'risk'): Edit => ({
  record,
  kind: 'audit',
  unit: `section:${id}`,
  value: { grade, notApplicable: false, notApplicableReason: '', evidence, rationale: '' },
});

export const event = (record: string, unit: 'submitted' | 'voided', by: string): Edit => ({
  record,
  kind: 'audit',
  unit,
  value: { by, at: Date.now(), reason: '' },
});

/** The file of an import: rows that come in name it. */
export const source = (record: string, by: string): Edit => ({
  record,
  kind: 'import',
  unit: 'source',
  value: { file: 'grades.csv', digest: 'f'.repeat(64), rows: 1, tool: 'imported-1', by, at: 0, mapping: '' },
});

/** Says why the case of a closed audit is put right, in the group that does so. */
export const correction = (record: string, by: string, more: object = {}, id = newId()): Edit => ({
  record,
  kind: 'audit',
  unit: `correction:${id}`,
  value: { unit: 'case', by, at: Date.now(), reason: 'another case was meant', ...more },
});

/** Makes the first QA lead and signs them in. */
export async function firstQaLead({ address, plumbline }: TestServer): Promise<Laptop> {
  const browser = openBrowser(address);
  const joined = await join(browser, plumbline.firstLink ?? '', password, {
    name: 'Quinn',
    email: 'quinn@example.org',
  });
  if (joined.problem) throw new Error(`join: ${joined.problem.kind}`);
  const laptop = openLaptop(browser, joined.body);
  await laptop.pull();
  return laptop;
}

/** Adds a person with these roles, invites them and signs them in. */
export async function addPerson(qaLead: Laptop, name: string, ...grants: object[]): Promise<Laptop> {
  const person = newId();
  const email = `${name.toLowerCase()}@example.org`;
  const made = await qaLead.write(profile(person, name, email), roles(person, ...grants));
  if (made.problem || made.body.results.some(({ outcome }) => outcome === 'held')) throw new Error(`No person ${name}`);
  return signInAnew(qaLead, person);
}

/** Invites a person again and signs them in on a fresh laptop. */
export async function signInAnew(qaLead: Laptop, person: string): Promise<Laptop> {
  const invited = await qaLead.browser.post<{ link: string }>(sessionPaths.invite, { person });
  const browser = openBrowser(qaLead.browser.address);
  const joined = await join(browser, invited.body.link, password);
  if (joined.problem) throw new Error(`join: ${joined.problem.kind}`);
  return openLaptop(browser, joined.body);
}
