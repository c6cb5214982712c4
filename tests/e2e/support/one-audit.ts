/**
 * The smallest setting for flows about what one auditor's laptop keeps: a service, a team, an auditor, one audit of theirs,
 * and a laptop on which that audit is open. With it the little that these flows do in the form, by its keys.
 */
import { expect, type Page } from '@playwright/test';
import { join, unlock } from '../pages/doors.ts';
import { grant, type Made, type MadeAuthority, type MadePerson } from './authority.ts';
import type { Computer } from './computer.ts';

export interface OneAudit {
  readonly service: Made;
  readonly team: Made;
  readonly auditor: MadePerson;
  readonly id: string;
  readonly path: string;
}

export const reference = 'CASE-2001';

/** Sections of the Assessment Service tool, in the order of the form. */
export const sections = [
  { id: 'allocation-start', title: 'Allocation and start' },
  { id: 'child-seen', title: 'Child seen and understood' },
  { id: 'history-chronology', title: 'History and chronology' },
] as const;

/** A service, a team, an auditor and an audit allocated to them, all at the server. */
export async function makeOneAudit(authority: MadeAuthority): Promise<OneAudit> {
  const service = await authority.addService('Assessment');
  const team = await authority.addTeam(service, 'Team North');
  const auditor = await authority.addPerson('Avery Example', [grant('auditor')]);
  const id = await authority.allocate(reference, auditor, { service, team });
  return { service, team, auditor, id, path: `/audit/${id}` };
}

/** Joins on a fresh computer, and opens the audit from the list once everything is there. */
export async function joinAndOpen(computer: Computer, audit: OneAudit): Promise<Page> {
  const page = computer.page();
  await join(page, audit.auditor.link);
  await page.getByRole('link', { name: reference, exact: true }).click();
  await expectForm(page);
  await expectProved(page);
  return page;
}

/** Starts the browser again on the audit's address and unlocks. */
export async function comeBack(computer: Computer, url: string, open = unlock): Promise<Page> {
  const page = await computer.open();
  await page.goto(url);
  await open(page);
  await expectForm(page);
  return page;
}

export const expectForm = (page: Page): Promise<void> =>
  expect(page.getByRole('heading', { level: 1, name: `Case ${reference}` })).toBeVisible();

/** Everything of this laptop is on the server, by the digest of both. */
export const expectProved = (page: Page): Promise<void> =>
  expect(wholeState(page)).toContainText('On the council’s server at');

/** The line in the top bar that says where the work of this laptop is. */
export const wholeState = (page: Page) => page.getByRole('navigation', { name: 'You and this laptop' });

/** Under the fields: whether what is on the screen is kept. */
export const saveLine = (page: Page) => page.locator('.app-save-line');

export const expectSaved = (page: Page): Promise<void> => expect(saveLine(page)).toHaveText('Saved on this laptop');

export const evidence = (page: Page) => page.getByLabel('Evidence', { exact: true });
export const rationale = (page: Page) => page.getByLabel('Rationale', { exact: true });

/** Adds to the evidence of the section in front, by the keyboard, and leaves the box. */
export async function writeEvidence(page: Page, text: string): Promise<void> {
  await page.keyboard.press('e');
  await expect(evidence(page)).toBeFocused();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(text);
  await page.keyboard.press('Escape');
}

export const grade = (page: Page, name: string) => page.getByRole('radio', { name: new RegExp(`^${name}`) });

/** Follows a link inside the app, to an address that no screen happens to link to. */
export const goInside = (page: Page, address: string): Promise<void> =>
  page.evaluate((href) => {
    const link = Object.assign(document.createElement('a'), { href });
    document.body.append(link);
    link.click();
    link.remove();
  }, address);
