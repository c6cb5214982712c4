/** The screen of services, teams and people, as a QA lead works on it. */
import { expect, type Page } from '@playwright/test';

export interface WantedPerson {
  readonly name: string;
  readonly email: string;
  readonly roles: readonly ('Auditor' | 'Team lead' | 'Head of service' | 'QA lead' | 'Administrator')[];
  /** Names of whole services a team lead leads, or a head of service is head of. */
  readonly leads?: readonly string[];
}

/** Goes there by the navigation. */
export async function openOrganisation(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Organisation' }).click();
  await expect(page.getByRole('heading', { name: 'Organisation', level: 1 })).toBeVisible();
}

/** Where nobody else works there are no other parts of it to choose from. */
async function toServices(page: Page): Promise<void> {
  const tab = page.getByRole('tab', { name: 'Services and teams' });
  if (await tab.isVisible()) await tab.click();
}

export async function addService(page: Page, name: string): Promise<void> {
  await toServices(page);
  await page.getByRole('button', { name: 'Add a service' }).click();
  await page.getByLabel('Service name', { exact: true }).fill(name);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('heading', { name, exact: true })).toBeVisible();
}

export async function addTeam(page: Page, service: string, name: string): Promise<void> {
  await toServices(page);
  const card = page.getByRole('region', { name: service, exact: true });
  await card.getByRole('button', { name: `Add a team to ${service}` }).click();
  await card.getByLabel('Team name', { exact: true }).fill(name);
  await card.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(card.getByText(name, { exact: true }).first()).toBeVisible();
}

export async function addPerson(page: Page, { name, email, roles, leads = [] }: WantedPerson): Promise<void> {
  await page.getByRole('tab', { name: 'People' }).click();
  await page.getByRole('button', { name: 'Add a person' }).click();
  await page.getByLabel('Full name', { exact: true }).fill(name);
  await page.getByLabel('Work email address', { exact: true }).fill(email);
  for (const role of roles) await page.getByRole('checkbox', { name: role, exact: true }).check();
  const led = page.getByRole('group', { name: /^(Whole services they lead|Services they are head of)$/ });
  for (const service of leads) await led.getByRole('checkbox', { name: service, exact: true }).check();
  await page.getByRole('button', { name: 'Save person' }).click();
  await expect(page.getByRole('row', { name })).toBeVisible();
}

/** Makes the invitation link of a person and reads it from the screen. */
export async function invitationLink(page: Page, name: string): Promise<string> {
  await page.getByRole('tab', { name: 'People' }).click();
  await page.getByRole('button', { name: `Invitation link for ${name}` }).click();
  const panel = page.getByRole('region', { name: `Invitation link for ${name}` });
  await panel.getByRole('button', { name: 'Make the link' }).click();
  const field = panel.getByLabel('Link', { exact: true });
  await expect(field).toHaveValue(/\/join#/);
  const link = await field.inputValue();
  await panel.getByRole('button', { name: 'Close' }).click();
  return link;
}
