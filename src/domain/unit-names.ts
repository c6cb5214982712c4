/**
 * The names of units, and what a name means. `section:risk` belongs to the family `section:*`; tables are kept by family.
 */

/** The families of units that issue by issue fill in; a unit whose family is not here is refused. */
export const unitFamilies = {
  audit: [
    'case',
    'allocation',
    'section:*',
    'checks:*',
    'overall',
    'voice:*',
    'concern',
    'imported',
    'submitted',
    'voided',
    'correction:*',
    'hold',
    'erased',
  ],
  service: ['profile'],
  team: ['profile'],
  person: ['profile', 'roles'],
  tool: ['definition'],
  import: ['source', 'finished', 'undone'],
  settings: ['authority', 'retention', 'certificate:*', 'search:*'],
} as const;

export type KnownKind = keyof typeof unitFamilies;
export type FamilyOf<K extends KnownKind> = (typeof unitFamilies)[K][number];

const idPart = /^[a-z0-9][a-z0-9_-]{0,63}$/;

/** The family of a unit's name, or undefined when the kind has no such unit. */
export function familyOf(kind: string, unit: string): string | undefined {
  const families: readonly string[] = Object.hasOwn(unitFamilies, kind) ? unitFamilies[kind as KnownKind] : [];
  const colon = unit.indexOf(':');
  if (colon < 0) return families.includes(unit) ? unit : undefined;
  const family = `${unit.slice(0, colon)}:*`;
  return families.includes(family) && idPart.test(unit.slice(colon + 1)) ? family : undefined;
}

/** Events are units written once. */
const events: ReadonlySet<string> = new Set(['submitted', 'voided', 'finished', 'undone']);
export const isEvent = (unit: string): boolean => events.has(unit) || isCorrection(unit);

/** Says why something of a closed audit was put right. */
export const isCorrection = (unit: string): boolean => unit.startsWith('correction:');
export const correctionUnit = (id: string): string => `correction:${id}`;

export const sectionUnit = (section: string): string => `section:${section}`;
export const checksUnit = (section: string): string => `checks:${section}`;
export const voiceUnit = (who: string): string => `voice:${who}`;

/** The part after the colon: the section of `section:risk`. */
export const unitSubject = (unit: string): string => unit.slice(unit.indexOf(':') + 1);

/** The settings record of an authority has one fixed id. */
export const settingsId = '00000000000000000000000000000000';
