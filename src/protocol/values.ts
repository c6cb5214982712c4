/**
 * The schema of every unit's value, held to the types of `src/domain/values`. The laptop checks with it before it
 * records, the server before it accepts; unknown fields are carried through (an older build must not lose a newer field).
 */
import * as v from 'valibot';
import type { KnownKind } from '../domain/unit-names.ts';
import { familyOf } from '../domain/unit-names.ts';
import { ageBands, roleNames, roleScopes, selectionMethods } from '../domain/values.ts';
import type {
  AllocationValue,
  AuthorityValue,
  CaseValue,
  CertificateValue,
  ChecksValue,
  ConcernValue,
  CorrectionValue,
  ErasedValue,
  EventValue,
  HoldValue,
  ImportedValue,
  ImportSourceValue,
  OverallValue,
  PersonValue,
  RetentionValue,
  RolesValue,
  SearchValue,
  SectionValue,
  ServiceValue,
  TeamValue,
  ToolValue,
  VoiceValue,
} from '../domain/values.ts';
import type { CycleId, PersonId, RecordId, ServiceId, TeamId, ToolId } from '../domain/ids.ts';
import { latestMs } from './op.ts';
import { toolSchema } from './tool.ts';
import { byKey, dayText, line, longText, shortText } from './text.ts';

const personId = v.custom<PersonId>(isHex, 'not a person id');
const serviceId = v.custom<ServiceId>(isHex, 'not a service id');
const teamId = v.custom<TeamId>(isHex, 'not a team id');
const recordId = v.custom<RecordId>(isHex, 'not a record id');
const cycleId = v.custom<CycleId>(isHex, 'not a cycle id');
const toolId = v.custom<ToolId>((id) => typeof id === 'string' && /^[a-z0-9@.-]{1,80}$/.test(id), 'not a tool id');
function isHex(id: unknown): boolean {
  return typeof id === 'string' && /^[0-9a-f]{32}$/.test(id);
}

const gradeId = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/));

const caseValue: v.GenericSchema<unknown, CaseValue> = v.looseObject({
  reference: v.pipe(line(60), v.minLength(1)),
  initials: v.nullable(line(6)),
  ageBand: v.nullable(v.picklist(ageBands)),
  header: byKey(v.pipe(v.string(), v.maxLength(60)), shortText),
});

const allocationValue: v.GenericSchema<unknown, AllocationValue> = v.looseObject({
  tool: toolId,
  service: serviceId,
  team: teamId,
  auditor: v.nullable(personId),
  moderator: v.nullable(personId),
  due: v.nullable(dayText),
  selection: v.picklist(selectionMethods),
  cycle: v.nullable(cycleId),
  extendedTo: v.nullable(dayText),
  extensionApprover: v.nullable(personId),
  extensionReason: shortText,
  exempt: v.boolean(),
  exemptionApprover: v.nullable(personId),
  exemptionReason: shortText,
});

const sectionValue: v.GenericSchema<unknown, SectionValue> = v.looseObject({
  grade: v.nullable(gradeId),
  notApplicable: v.boolean(),
  notApplicableReason: shortText,
  evidence: longText,
  rationale: longText,
});

const answer = v.pipe(v.string(), v.regex(/^(yes|no|na|\d{4}-\d{2}-\d{2})$/));
const checksValue: v.GenericSchema<unknown, ChecksValue> = v.looseObject({
  answers: byKey(v.pipe(v.string(), v.regex(/^[a-z0-9_-]{1,64}$/)), answer),
});

const overallValue: v.GenericSchema<unknown, OverallValue> = v.looseObject({
  suggested: v.nullable(gradeId),
  chosen: v.nullable(gradeId),
  rule: line(60),
  reason: shortText,
});

const voiceValue: v.GenericSchema<unknown, VoiceValue> = v.looseObject({
  obtained: v.nullable(v.boolean()),
  words: longText,
  because: shortText,
});

const concernValue: v.GenericSchema<unknown, ConcernValue> = v.looseObject({
  raised: v.boolean(),
  told: shortText,
  toldAt: v.nullable(v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/))),
  how: shortText,
});

const event = {
  by: personId,
  at: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(latestMs)),
  reason: shortText,
};
const eventValue: v.GenericSchema<unknown, EventValue> = v.looseObject(event);
const correctionValue: v.GenericSchema<unknown, CorrectionValue> = v.looseObject({
  ...event,
  unit: v.literal('case'),
  reason: v.pipe(shortText, v.regex(/\S/)),
});

const fromOne = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000_000));
const importedValue: v.GenericSchema<unknown, ImportedValue> = v.looseObject({
  import: recordId,
  row: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  line: fromOne,
  day: v.nullable(dayText),
});

const importSourceValue: v.GenericSchema<unknown, ImportSourceValue> = v.looseObject({
  file: v.pipe(line(200), v.minLength(1)),
  digest: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  rows: fromOne,
  tool: toolId,
  by: personId,
  at: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(latestMs)),
  mapping: longText,
});

const formerNames = v.pipe(v.array(v.looseObject({ name: line(120), until: dayText })), v.maxLength(50));
const service = {
  name: v.pipe(line(120), v.minLength(1)),
  from: dayText,
  to: v.nullable(dayText),
  was: formerNames,
};
const serviceValue: v.GenericSchema<unknown, ServiceValue> = v.looseObject(service);
const teamValue: v.GenericSchema<unknown, TeamValue> = v.looseObject({ ...service, service: serviceId });

const personValue: v.GenericSchema<unknown, PersonValue> = v.looseObject({
  name: v.pipe(line(120), v.minLength(1)),
  email: v.pipe(line(200), v.regex(/^[^\s@]{1,100}@[^\s@]{1,99}$/)),
});

const grant = v.pipe(
  v.looseObject({
    role: v.picklist(roleNames),
    services: v.pipe(v.array(serviceId), v.maxLength(500)),
    teams: v.pipe(v.array(teamId), v.maxLength(500)),
    from: dayText,
    to: v.nullable(dayText),
  }),
  v.check(
    (each) =>
      (['services', 'teams'] as const).every((of) => each[of].length === 0 || roleScopes[each.role].includes(of)),
    'names what the role does not reach',
  ),
);
const rolesValue: v.GenericSchema<unknown, RolesValue> = v.looseObject({
  grants: v.pipe(v.array(grant), v.maxLength(50)),
});

const toolValue: v.GenericSchema<unknown, ToolValue> = v.looseObject({ tool: toolSchema });
const at = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(latestMs));
const months = v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_200)));
export const laptopDays = v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(366)));
const retentionValue: v.GenericSchema<unknown, RetentionValue> = v.looseObject({
  months,
  cycles: v.pipe(v.array(v.looseObject({ cycle: cycleId, months })), v.maxLength(500)),
  laptopDays,
});
const holdValue: v.GenericSchema<unknown, HoldValue> = v.looseObject({
  on: v.boolean(),
  wholeCase: v.boolean(),
  by: personId,
  at,
  why: v.pipe(shortText, v.minLength(1)),
});
const hex32 = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/));
const hex64 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const erasedValue: v.GenericSchema<unknown, ErasedValue> = v.looseObject({
  by: personId,
  at,
  certificate: hex32,
  kept: hex64,
});
const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const certificateValue: v.GenericSchema<unknown, CertificateValue> = v.looseObject({
  at,
  by: personId,
  audits: whole,
  changes: whole,
  from: dayText,
  to: dayText,
  place: whole,
  head: hex64,
});
const searchValue: v.GenericSchema<unknown, SearchValue> = v.looseObject({
  at,
  by: personId,
  audits: whole,
  changes: whole,
});
const authorityValue: v.GenericSchema<unknown, AuthorityValue> = v.looseObject({
  name: v.pipe(line(120), v.minLength(1)),
});

/** By kind and unit family. */
export const valueSchemas: { readonly [K in KnownKind]: Readonly<Record<string, v.GenericSchema>> } = {
  audit: {
    case: caseValue,
    allocation: allocationValue,
    'section:*': sectionValue,
    'checks:*': checksValue,
    overall: overallValue,
    'voice:*': voiceValue,
    concern: concernValue,
    imported: importedValue,
    submitted: eventValue,
    voided: eventValue,
    'correction:*': correctionValue,
    hold: holdValue,
    erased: erasedValue,
  },
  service: { profile: serviceValue },
  team: { profile: teamValue },
  person: { profile: personValue, roles: rolesValue },
  tool: { definition: toolValue },
  import: { source: importSourceValue, finished: eventValue, undone: eventValue },
  settings: {
    authority: authorityValue,
    retention: retentionValue,
    'certificate:*': certificateValue,
    'search:*': searchValue,
  },
};

/** Why a unit's value is not acceptable: an unknown unit, or the first field that is wrong. */
export interface BadValue {
  readonly field: string;
  readonly why: string;
}

/** Checks the value of a unit. Returns null when it is acceptable. */
export function checkValue(kind: string, unit: string, value: unknown): BadValue | null {
  const family = familyOf(kind, unit);
  const schema =
    family === undefined
      ? undefined
      : (valueSchemas as Readonly<Record<string, Readonly<Record<string, v.GenericSchema>>>>)[kind]?.[family];
  if (schema === undefined) return { field: unit, why: 'unknown unit' };
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return null;
  const issue = result.issues[0];
  return { field: v.getDotPath(issue) ?? unit, why: reasonOf(issue) };
}

/** The reason without what was written: it is kept in clear beside the change, on the laptop and on the server. */
const reasonOf = ({ message }: v.BaseIssue<unknown>): string => message.replace(/( but|:) received [^]*$/i, '');
