/**
 * One text in every field that takes it: a service, a team, a person, a tool, an import, the settings, and two audits of them,
 * one graded and submitted, one voided. Which fields there are, the schemas say.
 */
import type * as v from 'valibot';
import type { Kind } from '../../../src/domain/record.ts';
import { settingsId } from '../../../src/domain/unit-names.ts';
import { assessmentService } from '../../../src/domain/tools/assessment-service.ts';
import { checkValue, valueSchemas } from '../../../src/protocol/values.ts';
import type { Edit } from '../client.ts';
import { filled } from './text-places.ts';

export interface InEveryField {
  /** Groups in the order in which they may be written. */
  readonly groups: readonly (readonly Edit[])[];
  /** The edits whose value the schemas refuse: it holds a character that no field keeps. */
  readonly refused: ReadonlySet<Edit>;
  /** Fields that hold the text. */
  readonly fields: number;
  /** The graded audit, with what it says in its evidence. */
  readonly audit: string;
  readonly evidence: string;
}

const [firstSection] = assessmentService.sections;
/** Units that screens show: a section and a voice that the tool has. */
const subjects: Readonly<Record<string, string>> = { 'section:*': firstSection?.id ?? '', 'voice:*': 'child' };
/** What is never written without another unit. */
const together: Readonly<Record<string, string>> = { 'correction:*': 'case' };
const order = ['case', 'allocation', 'section:*', 'voice:*', 'concern', 'overall', 'hold', 'submitted', 'correction:*'];

export function inEveryField(text: string, me: string, newId: () => string): InEveryField {
  const [service, team, person, tool, source, audit, voided] = Array.from({ length: 7 }, newId) as [
    string,
    ...string[],
  ];
  const place = { service, team, auditor: me, moderator: null, exempt: false, extendedTo: null };
  const said: Readonly<Record<string, object>> = {
    case: { ageBand: null },
    allocation: { ...place, tool: assessmentService.id, selection: 'random', due: '2030-01-31' },
    'section:*': { grade: 'good', notApplicable: false },
    overall: { suggested: 'good', chosen: 'inadequate' },
    hold: { wholeCase: false },
    team: { to: null, service },
    service: { to: null },
    source: { tool: assessmentService.id },
  };
  const refused = new Set<Edit>();
  let fields = 0;
  let evidence = '';
  const edit = (record: string, kind: Kind, family: string): Edit => {
    const families = valueSchemas[kind as keyof typeof valueSchemas] as Readonly<Record<string, v.GenericSchema>>;
    const schema = families[family];
    if (schema === undefined) throw new Error(`There is no ${kind} ${family}`);
    const { value, texts } = filled(schema, text);
    const own = 'by' in (value as object) ? { by: me } : {};
    const unit = family.replace('*', subjects[family] ?? 'a');
    const made: Edit = { record, kind, unit, value: { ...(value as object), ...own, ...said[kind], ...said[family] } };
    if (checkValue(kind, unit, made.value) !== null) refused.add(made);
    fields += texts.length;
    if (family === 'section:*') evidence = String((value as { evidence: unknown }).evidence);
    return made;
  };
  const groups = [
    [edit(service, 'service', 'profile')],
    [edit(team as string, 'team', 'profile')],
    [edit(person as string, 'person', 'profile')],
    [edit(tool as string, 'tool', 'definition')],
    [edit(source as string, 'import', 'source')],
    [edit(source as string, 'import', 'finished')],
    [edit(source as string, 'import', 'undone')],
    [edit(settingsId, 'settings', 'authority')],
    [edit(audit as string, 'audit', 'case'), edit(audit as string, 'audit', 'allocation')],
    ...order.slice(2).map((family) => {
      const of = [family, ...(together[family] === undefined ? [] : [together[family]])];
      return of.map((each) => edit(audit as string, 'audit', each));
    }),
    [edit(voided as string, 'audit', 'case'), edit(voided as string, 'audit', 'allocation')],
    [edit(voided as string, 'audit', 'voided')],
  ];
  return { groups, refused, fields, audit: audit as string, evidence };
}

/** Every `kind unit` of the schemas in which a text may stand. */
export const familiesWithText = (): readonly string[] =>
  Object.entries(valueSchemas).flatMap(([kind, families]) =>
    Object.entries(families as Readonly<Record<string, v.GenericSchema>>)
      .filter(([, schema]) => filled(schema, 'x').texts.length > 0)
      .map(([family]) => `${kind} ${family}`),
  );

/** The families that `inEveryField` writes. */
export const familiesWritten = ({ groups }: InEveryField): readonly string[] => [
  ...new Set(groups.flat().map(({ kind, unit }) => `${kind} ${unit.replace(/:.*$/, ':*')}`)),
];
