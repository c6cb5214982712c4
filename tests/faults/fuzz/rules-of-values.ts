/**
 * What the value of each unit may be, written from docs/data.md and not from the schemas that the server asks: the fuzzed
 * pushes hold one against the other. Fields that are not named are carried through, so anything may stand in them.
 */
import { ageBands, roleNames, selectionMethods } from '../../../src/domain/values.ts';

export type Rule = (value: unknown) => boolean;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every named field is there and keeps its rule. */
const fields =
  (of: Readonly<Record<string, Rule>>, optional: Readonly<Record<string, Rule>> = {}): Rule =>
  (value) =>
    isObject(value) &&
    Object.entries(of).every(([name, rule]) => Object.hasOwn(value, name) && rule(value[name])) &&
    Object.entries(optional).every(([name, rule]) => !Object.hasOwn(value, name) || rule(value[name]));

const list =
  (of: Rule, most = Infinity, least = 0): Rule =>
  (value) =>
    Array.isArray(value) && value.length >= least && value.length <= most && value.every(of);
const entries =
  (key: Rule, of: Rule): Rule =>
  (value) =>
    isObject(value) && Object.entries(value).every(([name, each]) => key(name) && of(each));
const orNull =
  (of: Rule): Rule =>
  (value) =>
    value === null || of(value);
const oneOf =
  (...of: readonly unknown[]): Rule =>
  (value) =>
    of.includes(value);
const like =
  (pattern: RegExp): Rule =>
  (value) =>
    typeof value === 'string' && pattern.test(value);
const whole =
  (least: number, most: number): Rule =>
  (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
const yesOrNo: Rule = (value) => typeof value === 'boolean';

const keepable = (text: string): boolean =>
  !/[\ud800-\udfff]/u.test(text) &&
  ![...text].some((each) => (each < ' ' && each !== '\t' && each !== '\n' && each !== '\r') || each === '\u007f');
const text =
  (most: number, least = 0): Rule =>
  (value) =>
    typeof value === 'string' && value.length >= least && value.length <= most && keepable(value);
const line =
  (most: number, least = 0): Rule =>
  (value) =>
    text(most, least)(value) && !/[\r\n]/.test(value as string);

const id = like(/^[0-9a-f]{32}$/);
const digest = like(/^[0-9a-f]{64}$/);
const day = like(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/);
const toolId = like(/^[a-z0-9@.-]{1,80}$/);
const grade = like(/^[a-z0-9-]{1,40}$/);
const slug = like(/^[a-z0-9][a-z0-9_-]{0,63}$/);
const time = whole(0, 8.64e15);
const long = text(20_000);
const short = text(2_000);
const months = orNull(whole(1, 1_200));

const place = {
  name: line(120, 1),
  from: day,
  to: orNull(day),
  was: list(fields({ name: line(120), until: day }), 50),
};
const event = fields({ by: id, at: time, reason: short });

const aGrade = fields({ id: slug, name: line(60, 1), short: line(30), key: like(/^[0-9a-z]$/), descriptor: short });
const aSection = fields(
  {
    id: slug,
    title: line(200, 1),
    critical: yesOrNo,
    mayBeNotApplicable: yesOrNo,
    prompts: list(fields({ text: short }, { impact: oneOf(true) }), 50),
    checks: list(fields({ id: slug, text: short, answer: oneOf('yes-no', 'date') }), 50),
    themes: list(slug, 30),
  },
  { descriptors: entries(slug, short) },
);
const aTool = fields({
  id: toolId,
  family: slug,
  name: line(120, 1),
  version: like(/^\d{1,4}\.\d{1,4}\.\d{1,4}$/),
  purpose: short,
  subject: oneOf('child', 'family', 'contact', 'assessment', 'carer', 'supervision', 'closure'),
  readBackMonths: whole(0, 240),
  judgeMonths: whole(0, 240),
  scale: fields({ id: slug, grades: list(aGrade, 11, 2), goodOrBetter: list(slug) }),
  sections: list(aSection, 40),
  voices: list(oneOf('practitioner', 'child', 'parent')),
  overall: orNull((value) => value === 'given' || fields({ id: slug, softLimit: whole(1, 40) })(value)),
});
const grades = (value: unknown): boolean => {
  const { sections, overall } = value as { sections: unknown[]; overall: unknown };
  return sections.length > 0 || overall === 'given';
};

/** By kind and unit family. A unit that is not here is taken of nobody. */
const rules: Readonly<Record<string, Rule>> = {
  'audit case': fields({
    reference: line(60, 1),
    initials: orNull(line(6)),
    ageBand: orNull(oneOf(...ageBands)),
    header: entries((key) => String(key).length <= 60, short),
  }),
  'audit allocation': fields({
    ...{ tool: toolId, service: id, team: id, auditor: orNull(id), moderator: orNull(id), due: orNull(day) },
    ...{ selection: oneOf(...selectionMethods), cycle: orNull(id), extendedTo: orNull(day) },
    ...{ extensionApprover: orNull(id), extensionReason: short, exempt: yesOrNo },
    ...{ exemptionApprover: orNull(id), exemptionReason: short },
  }),
  'audit section:*': fields({
    ...{ grade: orNull(grade), notApplicable: yesOrNo, notApplicableReason: short, evidence: long, rationale: long },
  }),
  'audit checks:*': fields({
    answers: entries(like(/^[a-z0-9_-]{1,64}$/), like(/^(yes|no|na|\d{4}-\d{2}-\d{2})$/)),
  }),
  'audit overall': fields({ suggested: orNull(grade), chosen: orNull(grade), rule: line(60), reason: short }),
  'audit voice:*': fields({ obtained: orNull(yesOrNo), words: long, because: short }),
  'audit concern': fields({
    ...{ raised: yesOrNo, told: short, toldAt: orNull(like(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/)), how: short },
  }),
  'audit imported': fields({ import: id, row: digest, line: whole(1, 1e9), day: orNull(day) }),
  'audit submitted': event,
  'audit voided': event,
  'audit correction:*': fields({
    by: id,
    at: time,
    reason: (of) => text(2_000, 1)(of) && String(of).trim() !== '',
    unit: oneOf('case'),
  }),
  'audit hold': fields({ on: yesOrNo, wholeCase: yesOrNo, by: id, at: time, why: text(2_000, 1) }),
  'service profile': fields(place),
  'team profile': fields({ ...place, service: id }),
  'person profile': fields({ name: line(120, 1), email: (of) => line(200)(of) && isEmail(of as string) }),
  'person roles': fields({
    grants: list(
      fields({ role: oneOf(...roleNames), services: list(id, 500), teams: list(id, 500), from: day, to: orNull(day) }),
      50,
    ),
  }),
  'tool definition': fields({ tool: (value) => aTool(value) && grades(value) }),
  'import source': fields({
    ...{ file: line(200, 1), digest, rows: whole(1, 1e9), tool: toolId, by: id, at: time, mapping: long },
  }),
  'import finished': event,
  'import undone': event,
  'settings authority': fields({ name: line(120, 1) }),
  'settings retention': fields({
    ...{ months, cycles: list(fields({ cycle: id, months }), 500), laptopDays: orNull(whole(1, 366)) },
  }),
};

function isEmail(of: string): boolean {
  const [name = '', at = '', ...more] = of.split('@');
  return (
    more.length === 0 && !/\s/.test(of) && name.length > 0 && name.length <= 100 && at.length > 0 && at.length < 100
  );
}

/** `section:risk` of an audit is `audit section:*`. */
export function familyOf(kind: string, unit: string): string {
  const colon = unit.indexOf(':');
  return colon < 0 ? `${kind} ${unit}` : `${kind} ${unit.slice(0, colon)}:*`;
}

export const isFit = (kind: string, unit: string, value: unknown): boolean =>
  Object.hasOwn(rules, familyOf(kind, unit)) && (rules[familyOf(kind, unit)]?.(value) ?? false);
