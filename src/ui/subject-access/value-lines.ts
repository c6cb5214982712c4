/** A unit's value as lines to be read by somebody who has no Plumbline: every field that holds something, in words. */
import type { Json, JsonObject } from '../../domain/canonical.ts';
import { reviewOf, type Review } from '../../domain/disclosure.ts';
import type { PersonId, RecordId, ServiceId, TeamId, ToolId } from '../../domain/ids.ts';
import type { Tool } from '../../domain/tool.ts';
import { familyOf } from '../../domain/unit-names.ts';
import type { AgeBand, SelectionMethod } from '../../domain/values.ts';
import { personById, serviceById, teamById, toolById, type Organisation } from '../data/organisation.ts';
import { dayText, localTimeText, momentText } from '../format.ts';
import { unitTitle } from '../held/unit-title.ts';
import { words } from '../words.ts';
import { subjectAccess as say } from '../words/subject-access.ts';

export interface Line {
  readonly name: string;
  readonly text: string;
  /** What to look at before it is given out; null where nothing is about anybody else. */
  readonly review: Review | null;
}

export interface Naming {
  readonly organisation: Organisation;
  readonly tool: Tool | undefined;
}

export const personName = (organisation: Organisation, id: string): string =>
  personById(organisation, id as PersonId)?.name ?? say.personWithId(id);

export function valueLines(unit: string, value: JsonObject, naming: Naming): readonly Line[] {
  return Object.entries(value).flatMap(([field, one]): Line[] => {
    if (unit.startsWith('checks:') && field === 'answers') return answerLines(one, naming.tool);
    const text = textOf(unit, field, one, naming);
    return text === '' ? [] : [{ name: fieldName(unit, field), text, review: reviewOf(unit, field) }];
  });
}

function fieldName(unit: string, field: string): string {
  const key = `${familyOf('audit', unit) ?? unit}.${field}`;
  const names: Readonly<Record<string, string>> = say.fields;
  return (Object.hasOwn(names, key) ? names[key] : undefined) ?? names[field] ?? field;
}

function answerLines(answers: Json | undefined, tool: Tool | undefined): Line[] {
  if (typeof answers !== 'object' || answers === null || Array.isArray(answers)) return [];
  const checks = new Map(tool?.sections.flatMap((section) => section.checks.map(({ id, text }) => [id, text])) ?? []);
  return Object.entries(answers).map(([check, answer]) => {
    const said = typeof answer === 'string' ? answer : JSON.stringify(answer);
    return { name: checks.get(check) ?? check, text: say.answers[said] ?? dayOr(said), review: null };
  });
}

/** Empty for what holds nothing. */
function textOf(unit: string, field: string, value: Json | undefined, { organisation, tool }: Naming): string {
  if (value === null || value === undefined || value === '') return '';
  if (typeof value === 'boolean') return value ? say.answers['yes'] : say.answers['no'];
  if (typeof value === 'number') return field === 'at' ? momentText(value) : String(value);
  if (typeof value !== 'string') return Object.keys(value).length === 0 ? '' : JSON.stringify(value);
  switch (field) {
    case 'grade':
    case 'suggested':
    case 'chosen':
      return tool?.scale.grades.find(({ id }) => id === value)?.name ?? value;
    case 'auditor':
    case 'moderator':
    case 'by':
    case 'extensionApprover':
    case 'exemptionApprover':
      return personName(organisation, value);
    case 'unit':
      return unitTitle('audit', value, tool);
    case 'tool':
      return toolById(organisation, value as ToolId)?.name ?? value;
    case 'service':
      return serviceById(organisation, value as ServiceId)?.name ?? value;
    case 'team':
      return teamById(organisation, value as TeamId)?.name ?? value;
    case 'import':
      return organisation.imports.find(({ id }) => id === (value as RecordId))?.file ?? value;
    case 'selection':
      return words.names.selections[value as SelectionMethod] ?? value;
    case 'ageBand':
      return words.names.ageBands[value as AgeBand] ?? value;
    case 'toldAt':
      return localTimeText(value);
    default:
      return unit.startsWith('section:') || unit.startsWith('voice:') ? value : dayOr(value);
  }
}

const dayOr = (text: string): string => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? dayText(text) : text);
