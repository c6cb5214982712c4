/**
 * A made-up authority to look round in: its organisation, its people and two years of audits up to today, as the actions of its
 * people in the order in which they happened. Nothing in it is real, and every name says so.
 *
 * The same seed, day and number of months give the same authority. Everything has happened before the day `today` begins. Each
 * action is within the rights its author has at that time, but for the first: by it the QA lead gets theirs.
 */
import { canonical } from '../canonical.ts';
import type { Hash } from '../chain.ts';
import type { PersonId } from '../ids.ts';
import type { Day } from '../values.ts';
import { addDays, dayOf, monthStart, startOf, workingDay } from './calendar.ts';
import { castOf, type ExampleAccount, type IdOf } from './cast.ts';
import { chanceFrom } from './chance.ts';
import type { ExampleGroup } from './group.ts';
import { stepsOf, type Step } from './life.ts';
import { foundingGroups, laterGroups } from './organisation.ts';
import { planProgramme, type PlannedAudit } from './programme.ts';
import { exampleName } from './story.ts';
import { openNotebook, type Notebook } from './writing.ts';

export interface ExampleAsked {
  /** The day it is; nothing has happened on it yet. */
  readonly today: Day;
  readonly hash: Hash;
  readonly seed?: string;
  /** How many months of audits, the current one included. */
  readonly months?: number;
}

export interface ExampleAuthority {
  readonly name: string;
  /** One person of each role, whose account a visitor may use. */
  readonly accounts: readonly ExampleAccount[];
  /** Every action, from the first; the texts are written as it is gone through. */
  groups(): Iterable<ExampleGroup>;
  /** The same actions of the same records, for somebody who cannot wait for all: other texts may be drawn. */
  groupsFor(person: PersonId): ExampleParts;
}

export interface ExampleParts {
  /** What a person needs to begin: the organisation, and the audits they are the auditor of. */
  readonly own: Iterable<ExampleGroup>;
  /** Everything else, to be gone through after it. */
  readonly others: Iterable<ExampleGroup>;
}

/** Days between the setting up and the first month. */
const foundedBeforeDays = 21;

export function exampleAuthority({ today, hash, seed = 'example', months = 24 }: ExampleAsked): ExampleAuthority {
  const idOf: IdOf = <Id extends string>(label: string): Id =>
    hash(canonical(['plumbline.example.id.1', seed, label])).slice(0, 32) as Id;
  const chanceOf = chanceFrom(hash, seed);
  const cast = castOf(idOf);
  const founded = workingDay(addDays(monthStart(today, 1 - months), -foundedBeforeDays), 'before');
  const [startMs, endMs] = [startOf(founded), startOf(today)];
  const dayAt = (part: number): Day =>
    part === 0 ? founded : workingDay(dayOf(startMs + part * (endMs - startMs)), 'before');
  const partOf = (day: Day): number => (startOf(day) - startMs) / (endMs - startMs);

  const place = { cast, idOf, chanceOf };
  const organisation = (): readonly Step[] =>
    [...foundingGroups(cast, idOf, dayAt), ...laterGroups(cast, idOf, dayAt)].map((group) => ({
      atMs: group.atMs,
      group: () => group,
    }));
  const programme = (): readonly PlannedAudit[] => planProgramme({ today, months, partOf, ...place });
  const lives = (audits: readonly PlannedAudit[]): readonly Step[] => audits.flatMap((audit) => stepsOf(audit, place));

  function* tell(steps: readonly Step[], notebook: Notebook): Iterable<ExampleGroup> {
    const told = steps.filter(({ atMs }) => atMs < endMs).sort((a, b) => a.atMs - b.atMs);
    for (const step of told) yield step.group(notebook);
  }

  return {
    name: exampleName,
    accounts: cast.accounts,
    groups: () => tell([...organisation(), ...lives(programme())], openNotebook()),
    groupsFor(person) {
      const notebook = openNotebook();
      const audits = programme();
      const isOwn = ({ auditor }: PlannedAudit): boolean => auditor.id === person;
      return {
        own: tell([...organisation(), ...lives(audits.filter(isOwn))], notebook),
        others: tell(lives(audits.filter((audit) => !isOwn(audit))), notebook),
      };
    },
  };
}
