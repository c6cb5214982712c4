/**
 * The auditor's work on an audit, spread over their sittings: a section after the other with its checks, then the overall
 * grade, what people said, and submitting.
 */
import type { Section, Tool } from '../tool.ts';
import { checksUnit, sectionUnit, voiceUnit } from '../unit-names.ts';
import type { ConcernValue, EventValue, SectionValue } from '../values.ts';
import { dayOf, minutesLater } from './calendar.ts';
import type { Chance } from './chance.ts';
import { answerChecks } from './checks.ts';
import { gradeAudit, type Graded } from './grades.ts';
import type { ExampleEdit } from './group.ts';
import type { Maker, Step } from './life.ts';
import { notApplicableReasons, overallReasons } from './stock/general.ts';
import { concernHow, concernTold } from './stock/voices.ts';
import type { Tone } from './topic.ts';
import { writeVoice } from './voices.ts';
import { say, toneOf, writeEvidence, writeRationale, type Pen } from './writing.ts';

/** What is done at one time. */
type Work = (pen: Pen, atMs: number) => readonly ExampleEdit[];

export function workSteps(maker: Maker): readonly Step[] {
  const { audit, chanceOf, step } = maker;
  const { id, auditor, sittings } = audit;
  const chance = chanceOf(`work ${id}`);
  const works = sittings.length === 0 ? [] : worksOf(maker);
  const perSitting = Math.ceil(works.length / sittings.length);
  let atMs = 0;
  return works.map((work, i) => {
    const begins = sittings[Math.floor(i / perSitting)] ?? Number.POSITIVE_INFINITY;
    const next = i % perSitting === 0 ? begins : minutesLater(atMs, chance.between(4, 16));
    atMs = next;
    return step(auditor, next, (pen) => work(pen, next));
  });
}

function worksOf(maker: Maker): readonly Work[] {
  const { audit, chanceOf, edit } = maker;
  const { id, tool, wanted, auditor, ageBand } = audit;
  let known: Graded | null = null;
  const graded = (pen: Pen): Graded =>
    (known ??= gradeAudit(tool, wanted, chanceOf(`grades ${id}`), (better) =>
      say(better ? overallReasons.better : overallReasons.worse, pen),
    ));
  return [
    ...tool.sections.map(
      (section): Work =>
        (pen, atMs) =>
          sectionEdits(maker, section, graded(pen), pen, atMs),
    ),
    ...(tool.overall === null ? [] : [(pen: Pen) => [edit('overall', graded(pen).overall ?? {})]]),
    (pen) => tool.voices.map((voice) => edit(voiceUnit(voice), writeVoice(voice, toneIn(tool, wanted), ageBand, pen))),
    (_, at) => [edit('submitted', { by: auditor.id, at, reason: '' } satisfies EventValue)],
  ];
}

const toneIn = ({ scale: { grades } }: Tool, grade: string | null): Tone =>
  toneOf(
    grades.findIndex(({ id }) => id === grade),
    grades.length,
  );

function sectionEdits(
  { audit, edit }: Maker,
  section: Section,
  { sections }: Graded,
  pen: Pen,
  atMs: number,
): readonly ExampleEdit[] {
  const { tool } = audit;
  const { grade = null, notApplicable = false } = sections[section.id] ?? {};
  const tone = toneIn(tool, grade);
  const value = notApplicable ? notApplicableValue(section, pen) : gradedValue(section, grade, tone, pen);
  const checks = answerChecks(section, notApplicable ? null : tone, dayOf(atMs), pen.chance);
  const isWorst = section.critical && grade === tool.scale.grades.at(-1)?.id;
  return [
    edit(sectionUnit(section.id), value),
    ...(checks === null ? [] : [edit(checksUnit(section.id), checks)]),
    ...(isWorst && pen.chance.happens(concernShare) ? [edit('concern', concernAt(atMs, pen.chance))] : []),
  ];
}

function notApplicableValue(section: Section, pen: Pen): SectionValue {
  const facts = { ...pen.facts, title: [section.title] };
  const notApplicableReason = say(notApplicableReasons, { ...pen, facts });
  return { grade: null, notApplicable: true, notApplicableReason, evidence: '', rationale: '' };
}

function gradedValue(section: Section, grade: string | null, tone: Tone, pen: Pen): SectionValue {
  const evidence = writeEvidence(section, tone, pen);
  const rationale = writeRationale(section, tone, pen);
  return { grade, notApplicable: false, notApplicableReason: '', evidence, rationale };
}

/** How many critical sections at the worst grade were a concern for the same day. */
const concernShare = 0.2;

const concernAt = (atMs: number, chance: Chance): ConcernValue => ({
  raised: true,
  told: chance.pick(concernTold),
  toldAt: new Date(atMs).toISOString().slice(0, 16),
  how: chance.pick(concernHow),
});
