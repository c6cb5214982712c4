/** What people write. Every value carries one word that nothing else has, so that it can be found again anywhere. */
import type { JsonObject } from '../../../src/domain/canonical.ts';
import { basisOf, type ShownUnit } from '../../../src/domain/fold.ts';
import type { RecordId } from '../../../src/domain/ids.ts';
import type { Kind } from '../../../src/domain/record.ts';
import type { StoreProblem } from '../../../src/protocol/problem.ts';
import { recordEdits, recordGroups, recordOrKeep, type Edit, type How, type Saved } from '../../../src/store/record.ts';
import { readRecord, type ShownRecord } from '../../../src/store/view.ts';
import type { Store } from '../../../src/store/open.ts';
import { grades } from './questions.ts';
import type { SimLaptop } from './sim-laptop.ts';
import type { World } from './world.ts';

export const sections = ['risk', 'plan', 'voice'] as const;

/** The number in a word, so that a value can be checked against it. */
export const wordIn = (text: string): string | null => /w\d+w/.exec(text)?.[0] ?? null;
export const wordsIn = (text: string): readonly string[] => text.match(/w\d+w/g) ?? [];
const gradeOf = (word: string): string => grades[Number(word.slice(1, -1)) % grades.length] ?? 'good';

/** Grade, evidence and rationale all say the same word: no merge may pair two. */
export const sectionValue = (word: string): JsonObject => ({
  grade: gradeOf(word),
  notApplicable: false,
  notApplicableReason: '',
  evidence: `seen ${word}`,
  rationale: `because ${word}`,
});
export const overallValue = (word: string): JsonObject => ({
  suggested: null,
  chosen: gradeOf(word),
  rule: '',
  reason: word,
});
export const checksValue = (word: string): JsonObject => ({ answers: { [word]: 'yes' } });
export const voiceValue = (word: string): JsonObject => ({ obtained: true, words: word, because: '' });
export const eventValue = (by: string, at: number, word: string): JsonObject => ({ by, at, reason: word });

/** Whether a section's value is one that somebody wrote as a whole. */
export const isWhole = (value: JsonObject): boolean => {
  const word = wordIn(String(value['evidence']));
  return word !== null && JSON.stringify(value) === JSON.stringify(inOrderOf(value, sectionValue(word)));
};
const inOrderOf = (like: JsonObject, value: JsonObject): JsonObject =>
  Object.fromEntries(Object.keys(like).map((key) => [key, value[key] ?? null]));

export const editOf = (
  record: string,
  kind: Kind,
  unit: string,
  value: JsonObject,
  shown: ShownUnit | undefined,
): Edit => ({ record: record as RecordId, kind, unit, value, ...basisOf(shown) });

/** Saves as a form or a screen does, and keeps what was said to be saved. */
export async function save(
  world: World,
  laptop: SimLaptop,
  page: Store,
  edits: readonly Edit[],
  how: How,
): Promise<void> {
  const [only] = edits;
  const record = world.plant?.record;
  const saved =
    record === undefined && edits.length === 1 && only !== undefined
      ? await recordOrKeep(page, only, how)
      : await (record ?? recordEdits)(page, edits, how);
  noteSaved(world, laptop, edits, saved, how);
}

export async function saveGroups(
  world: World,
  laptop: SimLaptop,
  page: Store,
  groups: readonly { readonly edits: readonly Edit[] }[],
): Promise<void> {
  noteSaved(
    world,
    laptop,
    groups.flatMap(({ edits }) => edits),
    await recordGroups(page, groups),
    'act',
  );
}

function noteSaved(world: World, laptop: SimLaptop, edits: readonly Edit[], saved: Saved, how: How): void {
  if (!saved.ok) return noteRefusal(world, laptop, saved.problem);
  edits.forEach(({ record, unit, value }, i) => {
    const n = saved.value.lastN - edits.length + 1 + i;
    const word = wordIn(JSON.stringify(value)) ?? '';
    world.ops += 1;
    const key = `${laptop.name} ${n}`;
    const before = world.said.get(key);
    if (before !== undefined && (how === 'act' || before.how === 'act'))
      world.violate(
        'a choice is an op of its own',
        `${laptop.name} #${n} ${unit}: ${word} was written over ${before.word}`,
      );
    world.said.set(key, { laptop, n, word, record, unit, how });
    world.trace.say(`${laptop.name} #${n} saved ${unit} of ${record.slice(0, 4)}: ${word}`);
  });
}

/** What the laptop itself did not take: a value that breaks the rules, or one for which there is no room. */
export function noteRefusal(world: World, laptop: SimLaptop, problem: StoreProblem): void {
  world.trace.say(`${laptop.name} not saved: ${JSON.stringify(problem)}`);
  const expected = problem.kind === 'invalid-value' || (problem.kind === 'disk-full' && laptop.diskIsFull);
  if (!expected) world.violate('a legal edit is always taken', `${laptop.name}: ${JSON.stringify(problem)}`);
}

/** The audit that a step is about, as this tab shows it; null when there is none here. */
export async function auditShown(world: World, page: Store, what: number, mine: boolean): Promise<ShownRecord | null> {
  const { audits } = world;
  for (let i = 0; i < audits.length; i += 1) {
    const id = audits[(what + i) % audits.length];
    const shown = id === undefined ? null : await readRecord(page, id);
    if (shown === null || shown.units['allocation'] === undefined) continue;
    if (!mine || shown.units['allocation'].value['auditor'] === page.person) return shown;
  }
  return null;
}
