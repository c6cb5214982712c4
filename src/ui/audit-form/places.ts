/**
 * The places of the form, in the order the keys go through them: each section, then what people said, the immediate
 * safety concern and the overall grade; and the case, where nobody has to pass on the way to submitting. Says of each how
 * far it is; the section rail and the keys follow this list.
 */
import type { Missing } from '../../domain/completeness.ts';
import { gradeById, type GradeId } from '../../domain/grade.ts';
import type { ShownUnits } from '../../domain/fold.ts';
import type { Section, Tool } from '../../domain/tool.ts';
import { checksUnit, sectionUnit, voiceUnit } from '../../domain/unit-names.ts';
import type { ChecksValue, SectionValue } from '../../domain/values.ts';

/** `section:<id>`, or one of the places after the sections. */
export type PlaceId = string;

export type Place =
  | { readonly kind: 'section'; readonly id: PlaceId; readonly section: Section }
  | { readonly kind: 'voices' | 'concern' | 'overall' | 'case'; readonly id: PlaceId };

export function placesOf(tool: Tool): readonly Place[] {
  return [
    ...tool.sections.map((section): Place => ({ kind: 'section', id: sectionUnit(section.id), section })),
    ...(tool.voices.length > 0 ? [{ kind: 'voices', id: 'voices' } as const] : []),
    { kind: 'concern', id: 'concern' },
    ...(tool.overall !== null ? [{ kind: 'overall', id: 'overall' } as const] : []),
    { kind: 'case', id: 'case' },
  ];
}

/** The place one step before or after, or undefined at the end: after the last step the audit is read through. */
export function placeBeside(places: readonly Place[], here: Place, by: 1 | -1): Place | undefined {
  const place = places[places.indexOf(here) + by];
  return by === 1 && place?.kind === 'case' ? undefined : place;
}

/** The place in which a unit is edited. */
export const placeOfUnit = (unit: string): PlaceId =>
  unit.startsWith('voice:') ? 'voices' : unit.startsWith('checks:') ? sectionUnit(unit.slice('checks:'.length)) : unit;

/** The units a place edits. */
export function unitsOf(place: Place, tool: Tool): readonly string[] {
  switch (place.kind) {
    case 'section':
      return [sectionUnit(place.section.id), checksUnit(place.section.id)];
    case 'voices':
      return tool.voices.map(voiceUnit);
    case 'concern':
    case 'overall':
    case 'case':
      return [place.kind];
    default:
      return place satisfies never;
  }
}

export interface SectionProgress {
  readonly grade: GradeId | 'na' | null;
  readonly started: boolean;
  readonly missing: readonly Missing[];
  /** Checks without an answer. They do not stop a submission. */
  readonly unanswered: number;
}

export function sectionProgress(section: Section, units: ShownUnits, missing: readonly Missing[]): SectionProgress {
  const unit = sectionUnit(section.id);
  const value = units[unit]?.value as Partial<SectionValue> | undefined;
  const answers = (units[checksUnit(section.id)]?.value as Partial<ChecksValue> | undefined)?.answers ?? {};
  const answered = section.checks.filter(({ id }) => answers[id] !== undefined).length;
  return {
    grade: value?.notApplicable === true ? 'na' : (value?.grade ?? null),
    started: value !== undefined || answered > 0,
    missing: missing.filter((one) => one.unit === unit),
    unanswered: value?.notApplicable === true ? 0 : section.checks.length - answered,
  };
}

/** How many sections have a grade of the scale or are not applicable. */
export const gradedSections = (tool: Tool, units: ShownUnits): number =>
  tool.sections.filter(({ id }) => {
    const value = units[sectionUnit(id)]?.value as Partial<SectionValue> | undefined;
    return value?.notApplicable === true || gradeById(tool.scale, value?.grade) !== undefined;
  }).length;
