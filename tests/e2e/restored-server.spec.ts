/**
 * A council goes back to last night's backup, with the commands its IT types: the laptops bring back what was handed in since,
 * and a lead reads the same percentages as before (FAULTS 34, promise P5).
 */
import { join as joinPath } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { gradeAndSubmit } from './pages/check-audit.ts';
import { join } from './pages/doors.ts';
import { groupBy, openPercentages, readTable } from './pages/percentages.ts';
import { expectOnServer } from './pages/this-laptop.ts';
import { grant } from './support/authority.ts';
import { test } from './support/fixtures.ts';
import { joinAndOpen, makeOneAudit } from './support/one-audit.ts';
import { command } from './support/server-commands.ts';
import { storedOps } from './support/server-database.ts';

test('The server goes back to a backup, and the laptops bring back what it lost', async ({
  server,
  authority,
  computer,
}) => {
  const audit = await makeOneAudit(authority);
  const lee = await authority.addPerson('Lee Lead', [grant('team-lead', [audit.service])]);
  const auditor = await joinAndOpen(await computer(), audit);
  const lead = (await computer({ width: 1400 })).page();
  await join(lead, lee.link);
  await expectOnServer(lead);

  const file = joinPath(server.folder, 'last-night.backup');
  expect(await command(server, 'backup', file)).toContain('Keep it as safe as the server itself');

  await gradeAndSubmit(auditor);
  await expectOnServer(auditor);
  await openPercentages(lead);
  await groupBy(lead, 'Team');
  await expect.poll(() => countedGood(lead)).toMatch(/^1/);
  const before = await readTable(lead);
  const ops = storedOps(server, audit.id);

  expect(await command(server, 'restore', file)).toContain('A server is running');
  await server.stop();
  expect(await command(server, 'restore', file)).toContain('brings back, by itself, what it handed in since');
  await server.start();
  expect(storedOps(server, audit.id).length).toBeLessThan(ops.length);

  await expectOnServer(auditor);
  await expectOnServer(lead);
  await expect.poll(() => storedOps(server, audit.id).length).toBe(ops.length);
  await expect.poll(() => readTable(lead)).toEqual(before);
  await expectOnServer(auditor);
  await expectOnServer(lead);
  expect(await command(server, 'restore', '--missing')).toContain('Nothing is missing');
});

/** What the line of all says. */
const countedGood = async (page: Page): Promise<string> => (await readTable(page)).at(-1)?.['Good'] ?? '';
