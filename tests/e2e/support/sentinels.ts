/**
 * A text of its own for every sealed field, and the journey that types each of them where the screens ask for it. Fields that
 * have no screen yet come from the server, as a newer build might write them.
 */
import { expect, type Page } from '@playwright/test';
import { fieldClasses } from '../../../src/domain/fields.ts';
import { ofstedScale } from '../../../src/domain/grade.ts';
import { assessmentService } from '../../../src/domain/tools/assessment-service.ts';
import { goTo, gradeOf, place, recordVoice } from '../pages/audit-form.ts';
import { addPerson, addService, addTeam, openOrganisation } from '../pages/organisation.ts';
import { newId, type Edit } from '../../server/client.ts';
import { allocationTo, type Made, type MadeAuthority } from './authority.ts';
import type { Chance } from './random.ts';

/** Sealed fields that the screens ask for, as `kind.unit.field`. */
const typed = [
  'audit.case.reference',
  'audit.case.initials',
  'audit.section:*.notApplicableReason',
  'audit.section:*.evidence',
  'audit.section:*.rationale',
  'audit.overall.reason',
  'audit.voice:*.words',
  'audit.voice:*.because',
  'audit.concern.told',
  'audit.concern.how',
  'audit.concern.toldAt',
  'service.profile.name',
  'service.profile.was',
  'team.profile.name',
  'person.profile.name',
  'person.profile.email',
] as const;

/** Sealed fields that the server's QA lead writes past the screens. */
const sent = [
  'audit.case.header',
  'audit.allocation.extensionReason',
  'audit.allocation.exemptionReason',
  'audit.voided.reason',
  'audit.hold.why',
  'audit.correction:*.reason',
  'tool.definition.tool',
  'audit.imported.row',
  'import.source.file',
  'import.source.mapping',
  'import.finished.reason',
  'import.undone.reason',
] as const;

/** Sealed, and no text: an age band and a yes or no cannot be told from chance. Or as plain as a label, by design. */
const cannotBeLookedFor = [
  'audit.case.ageBand',
  'audit.concern.raised',
  'audit.submitted.reason',
  'team.profile.was',
  'settings.authority.name',
] as const;

type Field = (typeof typed)[number] | (typeof sent)[number];

export type Sentinels = Readonly<Record<Field, string>>;

/** Every sealed field is named above: a new one does not pass unseen. */
export function expectEveryFieldNamed(): void {
  const sealed = Object.entries(fieldClasses).flatMap(([kind, units]) =>
    Object.entries(units as Record<string, Record<string, string>>).flatMap(([unit, fields]) =>
      Object.entries(fields)
        .filter(([, how]) => how !== 'plain')
        .map(([field]) => `${kind}.${unit}.${field}`),
    ),
  );
  expect([...typed, ...sent, ...cannotBeLookedFor].sort()).toEqual(sealed.sort());
}

/** A fresh set. What a field takes decides its shape: six letters, a moment, a hash, or twenty letters. */
export function makeSentinels(random: Chance): Sentinels {
  const rare = (count: number): string => Array.from({ length: count }, () => random.pick([...'QXZJKVWY'])).join('');
  const one = (field: Field): string => {
    if (field === 'audit.case.initials') return rare(6);
    if (field === 'audit.concern.toldAt') return `19${random.between(10, 69)}-03-${random.between(10, 28)}T04:17`;
    if (field === 'audit.imported.row')
      return Array.from({ length: 64 }, () => random.pick([...'0123456789abcdef'])).join('');
    return random.letters(20);
  };
  return Object.fromEntries([...typed, ...sent].map((field) => [field, one(field)])) as Sentinels;
}

/** The part of a set that was typed, by field. */
export const typedOnly = (is: Sentinels): Readonly<Record<string, string>> =>
  Object.fromEntries(typed.map((field) => [field, is[field]]));

/** The reference of the audit that the server sends. */
export const sentReference = 'CASE-9001';

/** Writes, past the screens and as the QA lead, what these flows do not type: a tool, an audit that was voided, an import. */
export async function sendRest(authority: MadeAuthority, auditor: Made, is: Sentinels): Promise<void> {
  const tool = newId();
  const definition = {
    ...{ family: 'sent', name: is['tool.definition.tool'], version: '1.0.0', purpose: '', subject: 'child' },
    ...{ readBackMonths: 0, judgeMonths: 0, scale: ofstedScale, sections: assessmentService.sections.slice(0, 1) },
  };
  const value = { tool: { id: tool, ...definition, voices: [], overall: null } };
  await authority.write({ record: tool, kind: 'tool', unit: 'definition', value });
  const service = await authority.addService('Sent');
  const team = await authority.addTeam(service, 'Team Sent');
  const reasons = {
    extensionReason: is['audit.allocation.extensionReason'],
    exemptionReason: is['audit.allocation.exemptionReason'],
  };
  const audit = await authority.allocate(sentReference, auditor, { service, team }, reasons);
  const theCase = {
    reference: sentReference,
    initials: null,
    ageBand: null,
    header: { note: is['audit.case.header'] },
  };
  const voided = { by: authority.qaLead.session.person, at: Date.now(), reason: is['audit.voided.reason'] };
  await authority.write({ record: audit, kind: 'audit', unit: 'case', value: theCase });
  const hold = { on: true, wholeCase: false, by: voided.by, at: voided.at, why: is['audit.hold.why'] };
  await authority.write({ record: audit, kind: 'audit', unit: 'hold', value: hold });
  await authority.write({ record: audit, kind: 'audit', unit: 'voided', value: voided });
  const why = { unit: 'case', by: voided.by, at: voided.at, reason: is['audit.correction:*.reason'] };
  await authority.write(
    { record: audit, kind: 'audit', unit: 'correction:sent', value: why },
    { record: audit, kind: 'audit', unit: 'case', value: theCase },
  );
  await sendImport(authority, { service, team }, is);
}

async function sendImport(authority: MadeAuthority, at: { service: Made; team: Made }, is: Sentinels): Promise<void> {
  const [record, audit] = [newId(), newId()];
  const by = authority.qaLead.session.person;
  const event = (reason: string): object => ({ by, at: Date.now(), reason });
  const source = {
    ...{ file: is['import.source.file'], mapping: is['import.source.mapping'], digest: 'd'.repeat(64), rows: 1 },
    ...{ tool: assessmentService.id, by, at: Date.now() },
  };
  const cameIn = (unit: string, value: object): Edit => ({ record: audit, kind: 'audit', unit, value });
  await authority.write({ record, kind: 'import', unit: 'source', value: source });
  await authority.write(
    cameIn('case', { reference: sentReference, initials: null, ageBand: null, header: {} }),
    cameIn('allocation', allocationTo(null, at)),
    cameIn('imported', { import: record, row: is['audit.imported.row'], line: 2, day: null }),
    cameIn('submitted', event('')),
  );
  await authority.write({ record, kind: 'import', unit: 'finished', value: event(is['import.finished.reason']) });
  await authority.write({ record, kind: 'import', unit: 'undone', value: event(is['import.undone.reason']) });
}

/** Sets up a service, a team and a person, and starts and fills in an audit, all by the screens. */
export async function typeAll(page: Page, is: Sentinels): Promise<void> {
  await openOrganisation(page);
  await addService(page, is['service.profile.was']);
  await addTeam(page, is['service.profile.was'], is['team.profile.name']);
  await page.getByRole('button', { name: `Rename ${is['service.profile.was']}` }).click();
  await page.getByLabel('Service name', { exact: true }).fill(is['service.profile.name']);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('heading', { name: is['service.profile.name'], exact: true })).toBeVisible();
  const email = `${is['person.profile.email']}@example.test`;
  await addPerson(page, { name: is['person.profile.name'], email, roles: ['Auditor'] });

  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'My audits' }).click();
  await page.getByRole('button', { name: 'Start an audit' }).click();
  await page.getByLabel('Case reference', { exact: true }).fill(is['audit.case.reference']);
  await page.getByLabel('Child’s initials (optional)').fill(is['audit.case.initials']);
  await page.getByRole('radio', { name: 'Assessment Service', exact: true }).check();
  await page.getByLabel('Service', { exact: true }).selectOption(is['service.profile.name']);
  await page.getByLabel('Team', { exact: true }).selectOption(is['team.profile.name']);
  await page.getByRole('radio', { name: 'Random sample', exact: true }).check();
  await page.getByRole('button', { name: 'Start grading' }).click();
  await fillIn(page, is);
  await page.getByRole('button', { name: 'Read through and submit' }).first().click();
  await expect(page.getByText(is['audit.section:*.evidence'])).toBeVisible();
}

async function fillIn(page: Page, is: Sentinels): Promise<void> {
  for (const { title, mayBeNotApplicable } of assessmentService.sections) {
    await goTo(page, title);
    const section = place(page, title);
    if (mayBeNotApplicable) {
      await section.getByLabel('Not applicable to this case').check();
      await section.getByLabel('Why is it not applicable?').fill(is['audit.section:*.notApplicableReason']);
    } else await gradeOf(section, 'Requires improvement').check();
  }
  await goTo(page, assessmentService.sections[0]?.title ?? '');
  // By keys, as it is mostly done: each key is a change of its own.
  await page.keyboard.press('e');
  await expect(page.getByLabel('Evidence', { exact: true })).toBeFocused();
  await page.keyboard.type(is['audit.section:*.evidence']);
  await page.getByLabel('Rationale', { exact: true }).fill(is['audit.section:*.rationale']);
  await goTo(page, 'What people said');
  await recordVoice(page, 'The practitioner', is['audit.voice:*.words']);
  await recordVoice(page, 'The child or young person', { because: is['audit.voice:*.because'] });
  await goTo(page, 'Immediate safety concern');
  await page.getByRole('radio', { name: 'Yes, a child may be in danger now' }).check();
  await page.getByLabel('Who did you tell?').fill(is['audit.concern.told']);
  await page.getByLabel('When did you tell them?').fill(is['audit.concern.toldAt']);
  await page.getByLabel('How did you tell them?').fill(is['audit.concern.how']);
  await goTo(page, 'Overall grade');
  await gradeOf(place(page, 'Overall grade'), 'Good').check();
  await page.getByLabel('Why another grade than the suggested one?').fill(is['audit.overall.reason']);
  await expect(place(page, 'Overall grade').getByText('Saved on this laptop', { exact: true })).toBeVisible();
}
