/**
 * From the plain columns of one audit to the row that is counted. Promises:
 *
 *  - never throws: what is malformed, missing or from a newer build reads as "not graded" or "names none", never as a guess
 *  - a selection that is not known is `other`, so a broken row cannot make a sample look random
 *  - a section of the tool that has no unit yet (not begun, or hidden from a blind moderator) is in the row, not graded
 *  - a section that a known tool does not have is not: it was graded before the allocation was given this tool
 *  - a laptop whose clock ran ahead puts no audit into a month that had not come: the event says more than its ordering
 *    stamp, which is never later than its receipt. An audit that is sent late keeps the month in which it was submitted
 */
import { auditState } from './audit.ts';
import type { JsonObject } from './canonical.ts';
import type { GradeId } from './grade.ts';
import type { PersonId, RecordId, ServiceId, TeamId, ToolId } from './ids.ts';
import type { AuditRow } from './summary.ts';
import { familyOf, unitSubject } from './unit-names.ts';
import { selectionMethods, type SelectionMethod } from './values.ts';

/** Plain columns by unit, this laptop's own changes already laid over what the server confirmed. */
export type PlainUnits = Readonly<Record<string, JsonObject>>;

/** The section ids of a tool, as far as this build knows them without opening a record; empty when it does not. */
export type SectionsOf = (tool: ToolId | null) => readonly string[];

/**
 * The row of an audit record. `sectionsOf` names the sections an audit of a known tool has, begun or not; `orderedMs` is the
 * ordering stamp of its event `submitted`, null without one.
 */
export function auditRow(
  id: RecordId,
  units: PlainUnits,
  sectionsOf: SectionsOf,
  orderedMs: number | null = null,
): AuditRow {
  const allocation = objectOr(units['allocation']);
  const tool = idOr<ToolId>(allocation['tool']);
  // A moderator that cannot be read is still a moderator: moderation is due.
  const moderator = (allocation['moderator'] ?? null) as PersonId | null;
  return {
    id,
    service: idOr<ServiceId>(allocation['service']),
    team: idOr<TeamId>(allocation['team']),
    auditor: idOr<PersonId>(allocation['auditor']),
    tool,
    selection: selectionOf(allocation['selection']),
    month: monthOf(units, allocation, orderedMs),
    state: auditState(units, { moderator }),
    exempt: allocation['exempt'] === true,
    import: idOr<RecordId>(objectOr(units['imported'])['import']),
    overall: idOr<GradeId>(objectOr(units['overall'])['chosen']),
    sections: sectionsIn(units, sectionsOf(tool)),
  };
}

function sectionsIn(units: PlainUnits, ofTool: readonly string[]): Record<string, GradeId | 'na' | null> {
  const sections: Record<string, GradeId | 'na' | null> = {};
  for (const section of ofTool) sections[section] = null;
  for (const unit of Object.keys(units)) {
    if (familyOf('audit', unit) !== 'section:*') continue;
    const section = unitSubject(unit);
    if (ofTool.length === 0 || ofTool.includes(section)) sections[section] = gradeIn(objectOr(units[unit]));
  }
  return sections;
}

function gradeIn(section: Readonly<Record<string, unknown>>): GradeId | 'na' | null {
  return section['notApplicable'] === true ? 'na' : idOr<GradeId>(section['grade']);
}

/** The month it was submitted in, of an imported one by its file; before that, the month it is due in (as extended). */
function monthOf(
  units: PlainUnits,
  allocation: Readonly<Record<string, unknown>>,
  orderedMs: number | null,
): string | null {
  if (units['imported'] !== undefined) return monthOfDay(objectOr(units['imported'])['day']);
  if (units['submitted'] === undefined) return monthOfDay(allocation['extendedTo']) ?? monthOfDay(allocation['due']);
  const { at } = objectOr(units['submitted']);
  const isAhead = orderedMs !== null && typeof at === 'number' && at - orderedMs > dayMs;
  return londonMonth(isAhead ? orderedMs : at);
}

const day = /^(\d{4}-(?:0[1-9]|1[0-2]))-\d{2}$/;
const monthOfDay = (value: unknown): string | null =>
  typeof value === 'string' ? (day.exec(value)?.[1] ?? null) : null;

const londonClock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', month: '2-digit' });
const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;
/** The first moment that `YYYY-MM` cannot name. */
const endMs = Date.UTC(10_000, 0, 1);

/** `YYYY-MM` in London of a time in milliseconds since 1970; null when it is not such a time. */
export function londonMonth(ms: unknown): string | null {
  if (typeof ms !== 'number' || !(ms >= 0 && ms < endMs - hourMs)) return null;
  const inUtc = utcMonth(ms);
  // London is on UTC or an hour ahead, so only the last hour of a month has to be looked up: that takes 50 times as long.
  const anHourOn = utcMonth(ms + hourMs);
  return inUtc === anHourOn || londonClock.format(ms) === inUtc.slice(5) ? inUtc : anHourOn;
}

const utcMonth = (ms: number): string => new Date(ms).toISOString().slice(0, 7);

const selectionOf = (value: unknown): SelectionMethod => selectionMethods.find((method) => method === value) ?? 'other';

const idOr = <Id extends string>(value: unknown): Id | null =>
  typeof value === 'string' && value !== '' ? (value as Id) : null;

const objectOr = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
