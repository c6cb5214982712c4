/**
 * The audit programme: month by month, which case of which team is audited by whom with which tool, how it was picked, and
 * what became of it. Drawn before anything is written, in the order of allocation.
 */
import type { GradeId } from '../grade.ts';
import type { RecordId } from '../ids.ts';
import type { Tool } from '../tool.ts';
import { builtInTools } from '../tools/built-in.ts';
import type { AgeBand, Day, SelectionMethod } from '../values.ts';
import { addDays, monthNumber, monthStart, officeTime, workingDay } from './calendar.ts';
import type { Cast, CastPerson, IdOf } from './cast.ts';
import type { Chance, ChanceOf } from './chance.ts';
import { openDesk } from './desk.ts';
import { courseOf, draftCourse, drafts, type Course } from './course.ts';
import { gradeAt } from './grades.ts';
import { ageBandOf } from './lexicon.ts';
import { seasons, services, sharesAt, type StoryService, type StoryTeam } from './story.ts';

export interface PlannedAudit extends Course {
  readonly id: RecordId;
  readonly reference: string;
  /** The service the team is in at the time. */
  readonly service: StoryService;
  readonly team: StoryTeam;
  readonly tool: Tool;
  readonly auditor: CastPerson;
  readonly moderator: CastPerson | null;
  readonly selection: SelectionMethod;
  readonly ageBand: AgeBand;
  /** The overall grade the story wants. */
  readonly wanted: GradeId;
  readonly due: Day;
  readonly allocatedMs: number;
}

export interface Programme {
  readonly today: Day;
  readonly months: number;
  /** The part of the time told, from 0 to 1, that a day lies at. */
  readonly partOf: (day: Day) => number;
  readonly cast: Cast;
  readonly idOf: IdOf;
  readonly chanceOf: ChanceOf;
}

/** Audits of an ordinary month. */
const monthly = services.reduce((sum, service) => sum + service.monthly, 0);
/** Programmes in which moderation is still open. That of earlier ones is not told. */
const moderatedMonths = 2;
/** Every so many-th audit of these is moderated. */
const moderatedEvery = 4;
/** Days before its month on which a programme is allocated. */
const allocatedBeforeDays = 5;

export function planProgramme({ today, months, partOf, cast, idOf, chanceOf }: Programme): readonly PlannedAudit[] {
  const desk = openDesk(cast, chanceOf);
  const audits: PlannedAudit[] = [];
  const open = [...drafts];
  for (let month = 0; month < months; month += 1) {
    const first = monthStart(today, month + 1 - months);
    const day = workingDay(addDays(first, -allocatedBeforeDays), 'before');
    const part = partOf(day);
    const chance = chanceOf(`programme ${month}`);
    const count = Math.round(monthly * (seasons[monthNumber(first)] ?? 1)) + chance.between(-2, 2);
    for (let nth = 0; nth < count; nth += 1) {
      const number = audits.length + 1;
      const { service, team } = desk.nextTeam(part, chance);
      const isKnown = month === months - 1 && open.length > 0 && desk.mayAudit(cast.auditor, team);
      const draft = isKnown ? open.shift() : undefined;
      const auditor = desk.giveTo(isKnown ? cast.auditor : null, team, chance);
      const isModerated = month >= months - moderatedMonths && number % moderatedEvery === 0 && !isKnown;
      const tool = toolFor(service);
      const course = courseOf(number, first, chance);
      audits.push({
        id: idOf<RecordId>(`audit ${number}`),
        reference: `EX-${String(number).padStart(4, '0')}`,
        service,
        team,
        tool,
        auditor,
        moderator: isModerated ? desk.moderatorOf(team, auditor, chance) : null,
        selection: selectionOf(chance),
        ageBand: ageBandOf(service.key, chance),
        wanted: gradeAt(tool, sharesAt(service, team, part), desk.nextGradeOf(team)),
        due: addDays(monthStart(first, 1), -1),
        allocatedMs: officeTime(day, 60 + nth * 3),
        ...(draft === undefined ? course : draftCourse(draft, today, course)),
      });
    }
  }
  return audits;
}

/** The first of the service's families of tools that this build has, or the tool that fits any of them. */
export function toolFor({ tools }: Pick<StoryService, 'tools'>): Tool {
  const wanted = [...tools, 'general-practice'];
  const [found] = wanted.flatMap((family) => builtInTools.filter((tool) => tool.family === family));
  if (found === undefined) throw new Error('This build has no tool for just any service');
  return found;
}

function selectionOf(chance: Chance): SelectionMethod {
  const at = chance.share();
  if (at < 0.78) return 'random';
  if (at < 0.89) return 'thematic';
  return at < 0.95 ? 'closure' : 'referred';
}
