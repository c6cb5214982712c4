/** Audits of an authority that does not exist, written on cards, and how each is written to the server. */
import { assessmentService } from '../../../src/domain/tools/assessment-service.ts';
import { earlyHelp } from '../../../src/domain/tools/early-help.ts';
import type { Laptop } from '../../server/client.ts';
import { grant, writeAs, type Made, type MadeAuthority, type MadePerson } from './authority.ts';
import { grades, type Card } from './figures.ts';
import { auditEdits } from './written-audit.ts';

const tools = [assessmentService, earlyHelp];
const letters = { O: 'Outstanding', G: 'Good', R: 'Requires improvement', I: 'Inadequate', '-': null } as const;
const fates = { s: 'submitted', d: 'Not submitted yet', m: 'Awaiting moderation', v: 'Voided', x: 'Exempt' } as const;

/** Team, auditor, months ago, overall grade, fate, and `t` for one that was picked for a theme. */
const written = `
  North Ada 1 G s  |  North Ada 1 I s  |  North Ben 1 R s t  |  North Ben 2 I s  |  North Cal 2 G s
  North Ada 2 O s  |  North Ben 3 R s  |  North Cal 3 R s    |  North Ada 5 - s  |  North Cal 1 G d
  South Ada 1 R s  |  South Ben 1 I s t | South Cal 2 R s    |  South Cal 2 G s  |  South Ben 3 O s
  South Ada 5 I s  |  South Ben 2 R m  |  South Ada 3 I v    |  South Cal 1 G x  |  South Ada 0 I d
  Families Cal 1 G s | Families Ada 2 I s | Families Cal 3 G s t | Families Cal 5 R s | Families Ben 1 O d
  Families Ben 2 G v | Hub Ben 1 I s | Hub Ben 2 G s`;

const serviceOf: Readonly<Record<string, string>> = {
  North: 'Assessment',
  South: 'Assessment',
  Families: 'Early Help',
  Hub: 'Early Help',
};

/** The cards, dated so many months before `now`. */
export const cardsAt = (now: Date): readonly Card[] =>
  written
    .trim()
    .split(/[|\n]/)
    .map((card, at) => {
      const [team = '', auditor = '', ago = '', overall = '-', fate = 's', theme] = card.trim().split(/\s+/);
      const service = serviceOf[team] ?? '';
      const tool = service === 'Assessment' ? assessmentService : earlyHelp;
      return {
        reference: `CASE-${7001 + at}`,
        service,
        team,
        auditor: `${auditor} Auditor`,
        tool: tool.name,
        month: monthText(monthsAgo(now, Number(ago))),
        selection: theme === 't' ? 'thematic' : 'random',
        fate: fates[fate as keyof typeof fates],
        overall: letters[overall as keyof typeof letters],
        sections: Object.fromEntries(
          tool.sections.map(({ title, mayBeNotApplicable }, place) => [
            title,
            sectionGrade(at, place, mayBeNotApplicable),
          ]),
        ),
      };
    });

function sectionGrade(at: number, place: number, mayBeNotApplicable: boolean): Card['sections'][string] {
  if (mayBeNotApplicable && at % 3 === 0) return 'Not applicable';
  if (at === 6 && place === 2) return null;
  return grades[(at * 5 + place * 3 + (at % 7) * place) % grades.length] ?? null;
}

const monthsAgo = (now: Date, ago: number): Date =>
  new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - ago, 1, 12));
export const monthText = (date: Date): string =>
  date.toLocaleDateString('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
export const monthBack = (now: Date, ago: number): string => monthText(monthsAgo(now, ago));

/** Who and what the cards name, as it is at the server. */
export interface Names {
  readonly services: Readonly<Record<string, Made>>;
  readonly teams: Readonly<Record<string, Made>>;
  readonly auditors: Readonly<Record<string, Made & { readonly laptop: Laptop }>>;
}

/** Sets up the services, teams and auditors that the cards name. */
export async function makeNames(authority: MadeAuthority): Promise<Names> {
  const services = {
    Assessment: await authority.addService('Assessment'),
    'Early Help': await authority.addService('Early Help'),
  };
  const teams: Record<string, { id: string; name: string }> = {};
  for (const [team, service] of Object.entries(serviceOf)) {
    teams[team] = await authority.addTeam(services[service as keyof typeof services], team);
  }
  const auditors: Record<string, Names['auditors'][string]> = {};
  for (const name of ['Ada Auditor', 'Ben Auditor', 'Cal Auditor']) {
    const person: MadePerson = await authority.addPerson(name, [
      grant('auditor'),
      grant('moderator', Object.values(services)),
    ]);
    auditors[name] = { ...person, laptop: await authority.laptopOf(person) };
  }
  return { services, teams, auditors };
}

/** Writes a card to the server: allocated by the QA lead, graded and submitted by its auditor. */
export async function writeCard(authority: MadeAuthority, names: Names, card: Card): Promise<void> {
  const [service, team, auditor] = [names.services[card.service], names.teams[card.team], names.auditors[card.auditor]];
  const tool = tools.find(({ name }) => name === card.tool);
  if (!service || !team || !auditor || !tool) throw new Error(`${card.reference} names somebody who does not exist`);
  const first = new Date(`1 ${card.month} 12:00 UTC`);
  const others = Object.values(names.auditors).filter(({ id }) => id !== auditor.id);
  const id = await authority.allocate(
    card.reference,
    auditor,
    { service, team },
    {
      tool: tool.id,
      due: `${first.toISOString().slice(0, 7)}-28`,
      selection: card.selection,
      exempt: card.fate === 'Exempt',
      moderator: card.fate === 'Awaiting moderation' ? ((others[0]?.id ?? null) as never) : null,
    },
  );
  const gradeId = (grade: string): string =>
    grade === 'Not applicable' ? 'na' : grade.toLowerCase().replace(' ', '-');
  const graded = tool.sections.flatMap((section) => {
    const grade = card.sections[section.title];
    return grade == null ? [] : [[section.id, gradeId(grade)] as const];
  });
  const isSubmitted = card.fate !== 'Not submitted yet' && card.fate !== 'Exempt';
  const written = {
    sections: Object.fromEntries(graded),
    ...(card.overall === null ? {} : { overall: gradeId(card.overall) }),
    ...(isSubmitted ? { at: first.getTime() } : {}),
  };
  await writeAs(auditor.laptop, ...auditEdits(id, auditor.id, written));
  if (card.fate !== 'Voided') return;
  const by = authority.qaLead.session.person;
  await authority.write({ record: id, kind: 'audit', unit: 'voided', value: { by, at: Date.now(), reason: 'Twice.' } });
}
