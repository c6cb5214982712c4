/**
 * All that is held of the audits that were chosen, as one account: what the screen shows and what the readable file says are
 * the same lines. Each line says whether it is to be looked at before it is given out.
 */
import type { JsonObject } from '../../domain/canonical.ts';
import type { Kind, UnitState } from '../../domain/record.ts';
import { isCorrection } from '../../domain/unit-names.ts';
import type { AllocationValue, CorrectionValue, ImportedValue } from '../../domain/values.ts';
import type { DiscloseReply, Found, HeldChange } from '../../protocol/subject-access.ts';
import type { Organisation } from '../data/organisation.ts';
import { momentText } from '../format.ts';
import { toolFor, unitTitle } from '../held/unit-title.ts';
import { auditForm } from '../words/audit-form.ts';
import { subjectAccess as say } from '../words/subject-access.ts';
import { personName, valueLines, type Line, type Naming } from './value-lines.ts';

/** One part of an audit, one change of it, or one decision: what it is, who wrote it when and what became of it, what it says. */
export interface Passage {
  readonly title: string;
  readonly about: string;
  readonly lines: readonly Line[];
}

export interface Chapter {
  readonly title: string;
  readonly passages: readonly Passage[];
}

export interface AuditAccount {
  readonly title: string;
  /** How it was found, and what to know of it. */
  readonly notes: readonly string[];
  readonly chapters: readonly Chapter[];
}

/** What was read of an audit, its pages put together. */
export interface Collected {
  readonly found: Found;
  readonly held: Omit<DiscloseReply, 'next'>;
}

/** What is said of how an audit was found. */
export const notesOf = ({ in: places, changes, blind, erased }: Found): readonly string[] => [
  ...places.map((place) => say.foundIn[place]),
  ...(blind ? [say.blind] : []),
  ...(erased ? [say.wasErased] : []),
  say.changes(changes),
];

export const titleOf = ({ reference, erased }: Found): string =>
  reference ?? (erased ? say.erasedAudit : say.neverTaken);

export function accountOf({ found, held }: Collected, organisation: Organisation): AuditAccount {
  const naming = namingOf(held, organisation);
  const chapters: Chapter[] = [
    { title: say.asItStands, passages: standing(held.units, naming) },
    { title: say.cameFrom, passages: importOf(held.units, organisation) },
    { title: say.history(held.history.length), passages: held.history.map((change) => changePassage(change, naming)) },
    { title: say.decisions, passages: held.decisions.flatMap((decision) => decisionPassages(decision, naming)) },
    { title: say.readers, passages: readers(held, organisation) },
  ];
  const corrected = correctionsOf(held.units).map(({ by, at, reason }) =>
    auditForm.correctedOn(momentText(at), personName(organisation, by), reason),
  );
  const lost = held.missing > 0 ? [say.missing(held.missing)] : [];
  return {
    title: titleOf(found),
    notes: [...notesOf(found), ...corrected, ...lost],
    chapters: chapters.filter(({ passages }) => passages.length > 0),
  };
}

const valueIn = <T>(units: DiscloseReply['units'], unit: string): T | undefined =>
  (units?.[unit] as UnitState | undefined)?.value as T | undefined;

const correctionsOf = (units: DiscloseReply['units']): readonly CorrectionValue[] =>
  Object.keys(units ?? {})
    .filter(isCorrection)
    .flatMap((unit) => valueIn<CorrectionValue>(units, unit) ?? [])
    .sort((a, b) => a.at - b.at);

function namingOf({ units, history }: Collected['held'], organisation: Organisation): Naming {
  const asked = history.find(({ unit }) => unit === 'allocation')?.value as Partial<AllocationValue> | undefined;
  const id = valueIn<AllocationValue>(units, 'allocation')?.tool ?? asked?.tool;
  const graded = [...Object.keys(units ?? {}), ...history.map(({ unit }) => unit)].find((unit) =>
    unit.startsWith('section:'),
  );
  return { organisation, tool: toolFor(organisation, id, graded ?? '') };
}

const titleFor = (kind: Kind, unit: string, { tool }: Naming): string => {
  const title = unitTitle(kind, unit, tool);
  return `${title.charAt(0).toUpperCase()}${title.slice(1)}`;
};

function standing(units: DiscloseReply['units'], naming: Naming): Passage[] {
  return Object.entries((units ?? {}) as Readonly<Record<string, UnitState>>).flatMap(([unit, state]) =>
    [state, ...state.others].map(({ value, author, stamp }, at) => ({
      title: titleFor('audit', unit, naming),
      about: say.writtenBy(personName(naming.organisation, author), momentText(stamp.ms), at > 0),
      lines: valueLines(unit, value, naming),
    })),
  );
}

function importOf(units: DiscloseReply['units'], organisation: Organisation): Passage[] {
  const row = valueIn<ImportedValue>(units, 'imported');
  const from = organisation.imports.find(({ id }) => id === row?.import);
  if (row === undefined || from === undefined) return [];
  const lines: Line[] = [
    { name: say.importFile, text: say.importRow(from.file, row.line, from.rows), review: null },
    { name: say.importRead, text: from.mapping, review: null },
  ];
  const about = say.writtenBy(personName(organisation, from.by), momentText(from.at), false);
  return [{ title: say.importTitle, about, lines: lines.filter(({ text }) => text !== '') }];
}

function changePassage(
  { unit, kind, value, person, claimedMs, receivedMs, state, erased }: HeldChange,
  naming: Naming,
): Passage {
  const name = personName(naming.organisation, person);
  return {
    title: titleFor(kind, unit, naming),
    about: say.changedBy(name, momentText(claimedMs), momentText(receivedMs), stateOf(state), erased),
    lines: valueLines(unit, value, naming),
  };
}

const stateOf = (state: string): string => say.states[state] ?? state;

function decisionPassages(
  { what, by, author, why, atMs, content }: DiscloseReply['decisions'][number],
  naming: Naming,
): Passage[] {
  const { organisation } = naming;
  const reason: Line[] = why === '' ? [] : [{ name: say.reason, text: why, review: 'text' }];
  const about = say.decidedBy(personName(organisation, by), momentText(atMs), personName(organisation, author));
  return [
    { title: stateOf(what), about, lines: reason },
    ...content.map(({ unit, value }) => ({
      title: say.unsent(titleFor('audit', unit, naming)),
      about,
      lines: valueLines(unit, value as JsonObject, naming),
    })),
  ];
}

const readers = ({ openedBy }: Collected['held'], organisation: Organisation): Passage[] =>
  openedBy.length === 0
    ? []
    : [
        {
          title: say.readersTitle,
          about: say.readersAbout,
          lines: openedBy.map(({ person, firstMs, lastMs }) => ({
            name: personName(organisation, person),
            text: say.openedFromTo(momentText(firstMs), momentText(lastMs)),
            review: 'people' as const,
          })),
        },
      ];
