/**
 * The life of one planned audit as user actions in the order they are planned in: what the QA lead does to it, and the
 * auditor's work. What is written is made when its action is asked for.
 */
import type { JsonObject } from '../canonical.ts';
import { allocationSteps } from './allocation.ts';
import { dayOf } from './calendar.ts';
import type { Cast, CastPerson, IdOf } from './cast.ts';
import type { ChanceOf } from './chance.ts';
import type { ExampleEdit, ExampleGroup } from './group.ts';
import { factsOf } from './lexicon.ts';
import type { PlannedAudit } from './programme.ts';
import { workSteps } from './work.ts';
import type { Notebook, Pen } from './writing.ts';

/** One action to come, and how it is made when its time comes. */
export interface Step {
  readonly atMs: number;
  readonly group: (notebook: Notebook) => ExampleGroup;
}

export interface Place {
  readonly cast: Cast;
  readonly idOf: IdOf;
  readonly chanceOf: ChanceOf;
}

/** What makes the steps of one audit. */
export interface Maker extends Place {
  readonly audit: PlannedAudit;
  edit(unit: string, value: object): ExampleEdit;
  step(by: CastPerson, atMs: number, edits: (pen: Pen) => readonly ExampleEdit[]): Step;
}

export function stepsOf(audit: PlannedAudit, place: Place): readonly Step[] {
  const { id, service, tool, ageBand, allocatedMs } = audit;
  const { chanceOf } = place;
  // Each action has chance of its own, so that none moves another; the facts are the audit's.
  const penFor = (atMs: number, notebook: Notebook): Pen => ({
    facts: factsOf(service.key, tool, ageBand, dayOf(allocatedMs), chanceOf(`facts ${id}`)),
    chance: chanceOf(`action ${id} ${atMs}`),
    notebook,
  });
  const maker: Maker = {
    ...place,
    audit,
    edit: (unit, value) => ({ record: id, kind: 'audit', unit, value: value as JsonObject }),
    step: (by, atMs, edits) => ({
      atMs,
      group: (notebook) => ({ by: by.id, atMs, edits: edits(penFor(atMs, notebook)) }),
    }),
  };
  return [...allocationSteps(maker), ...workSteps(maker)];
}
