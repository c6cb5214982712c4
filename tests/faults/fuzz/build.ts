/** Pushes as an honest app would make them: one action of one person, of their role, on what is there. */
import { ofstedScale } from '../../../src/domain/grade.ts';
import { assessmentService } from '../../../src/domain/tools/assessment-service.ts';
import type { Chance } from '../../e2e/support/random.ts';
import type { Edit, Laptop } from '../../server/client.ts';
import { allocation, caseOf, event, grant, profile, roles, section, service, team } from '../../server/example.ts';
import { fieldOf, shown } from './known.ts';
import type { World } from './world.ts';

type Making = { readonly world: World; readonly random: Chance; readonly me: string };
type Action = (making: Making) => readonly Edit[];

/** So many of each are enough to do things to; older ones make room. */
const most = 40;
const keep = (list: string[], id: string): string => {
  list.push(id);
  if (list.length > most) list.shift();
  return id;
};

const words = ['Seen at home.', 'The plan is thin', 'Ünder Wörk', '<b>bold</b>', '=1+1', '', 'two\nlines', '🙂 well'];
const grades = ofstedScale.grades.map(({ id }) => id as string);
const sections = ['risk', 'plan', 'voice-heard'];

const placeOf = ({ world, random }: Making) => {
  const team = random.pick(world.teams);
  return { team, service: String(fieldOf(world.known.records.get(team), 'profile', 'service')) };
};
const auditEdit = (record: string, unit: string, value: object): Edit => ({ record, kind: 'audit', unit, value });
const done = (record: string, kind: Edit['kind'], unit: string, by: string): Edit => ({
  ...{ record, kind, unit },
  value: { by, at: 1_770_000_000_000, reason: '' },
});
/** An audit that this person grades, if there is one. */
const mine = ({ world, random, me }: Making): string => {
  const own = world.audits.filter((id) => fieldOf(world.known.records.get(id), 'allocation', 'auditor') === me);
  return own.length === 0 ? 'none' : random.pick(own);
};
const graded =
  (unit: string, value: (making: Making) => object): Action =>
  (making) => {
    const audit = mine(making);
    return audit === 'none' ? start(making) : [auditEdit(audit, unit, value(making))];
  };

const start: Action = (making) => {
  const audit = keep(making.world.audits, making.world.newId());
  return [
    caseOf(audit, `C-${making.random.between(1, 9_999)}`),
    allocation(audit, { auditor: making.me, ...placeOf(making) }),
  ];
};

const auditor: readonly Action[] = [
  start,
  ...sections.map((id) =>
    graded(`section:${id}`, ({ random }) => section('', random.pick(grades), random.pick(words)).value),
  ),
  graded('checks:risk', ({ random }) => ({
    answers: { 'seen-alone': random.pick(['yes', 'no', 'na', '2026-01-31']) },
  })),
  graded('voice:child', ({ random }) => ({ obtained: true, words: random.pick(words), because: '' })),
  graded('overall', ({ random }) => ({ suggested: 'good', chosen: random.pick(grades), rule: 'median', reason: '' })),
  graded('concern', () => ({ raised: true, told: 'the duty manager', toldAt: '2026-05-04T09:30', how: 'by phone' })),
  (making) => (mine(making) === 'none' ? start(making) : [event(mine(making), 'submitted', making.me)]),
];

const lead: readonly Action[] = [
  (making) => {
    const { world, random } = making;
    const audit = keep(world.audits, world.newId());
    return [caseOf(audit), allocation(audit, { auditor: random.pick(world.people), ...placeOf(making) })];
  },
  (making) => {
    const { world, random } = making;
    if (world.audits.length === 0) return lead[0]?.(making) ?? [];
    const audit = random.pick(world.audits);
    const why = { unit: 'case', by: making.me, at: 1, reason: 'the wrong case' };
    const correction = auditEdit(audit, `correction:${world.newId()}`, why);
    if (random.between(0, 3) === 0) return [correction, caseOf(audit, 'Corrected'), ...random.pick([[], [correction]])];
    return [
      random.pick([
        allocation(audit, { auditor: random.pick(world.people), ...placeOf(making), extendedTo: '2026-06-30' }),
        caseOf(audit, 'Corrected'),
        event(audit, 'voided', making.me),
        auditEdit(audit, 'hold', {
          on: random.pick([true, false]),
          wholeCase: false,
          by: making.me,
          at: 1,
          why: 'a claim',
        }),
      ]),
    ];
  },
  ({ world, random }) => {
    const isNew = world.services.length < 8;
    const id = isNew ? keep(world.services, world.newId()) : random.pick(world.services);
    return [service(id, `Service ${random.between(1, 99)}`)];
  },
  ({ world, random }) => {
    const id = world.teams.length < 12 ? keep(world.teams, world.newId()) : random.pick(world.teams);
    return [team(id, `Team ${random.between(1, 99)}`, random.pick(world.services))];
  },
  ({ world, random }) => {
    const person = random.pick(world.people.slice(2));
    return [profile(person, `Person ${random.between(1, 99)}`, `p${random.between(1, 30)}@example.org`)];
  },
  ({ world, random }) => {
    // The first two stay QA leads, so that something goes on being accepted.
    const given = random.pick([
      [grant('auditor')],
      [grant('moderator', world)],
      [grant('administrator')],
      [grant('board-viewer')],
      [grant('qa-lead')],
      [],
    ]);
    return [roles(random.pick(world.people.slice(2)), ...given)];
  },
  cameIn,
  ({ world }) => {
    const tool = {
      ...assessmentService,
      id: world.newId(),
      family: 'own',
      sections: assessmentService.sections.slice(0, 2),
    };
    return [{ record: tool.id, kind: 'tool', unit: 'definition', value: { tool } }];
  },
  ({ random }) => [
    random.pick<Edit>([
      {
        record: '0'.repeat(32),
        kind: 'settings',
        unit: 'authority',
        value: { name: `Testshire ${random.between(1, 9)}` },
      },
      {
        record: '0'.repeat(32),
        kind: 'settings',
        unit: 'retention',
        value: { months: 24, cycles: [], laptopDays: 30 },
      },
    ]),
  ],
];

/** An import with one of its audits, in two groups' worth of edits that are fine in one. */
function cameIn(making: Making): readonly Edit[] {
  const { world, random, me } = making;
  const record = keep(world.imports, world.newId());
  const audit = keep(world.audits, world.newId());
  const digest = world.newId().repeat(2);
  const source = { file: 'old.csv', digest, rows: 1, tool: 'assessment@1.0.0', by: me, at: 1, mapping: 'all' };
  return [
    { record, kind: 'import', unit: 'source', value: source },
    caseOf(audit, 'I-1'),
    allocation(audit, { ...placeOf(making) }),
    auditEdit(audit, 'imported', { import: record, row: digest, line: random.between(1, 99), day: null }),
    section(audit, random.pick(grades)),
    done(audit, 'audit', 'submitted', me),
    done(record, 'import', random.pick(['finished', 'undone']), me),
  ];
}

/** What this laptop's person does next; now and then what somebody else would. */
export function anAction(world: World, laptop: Laptop, random: Chance): readonly Edit[] {
  const me = laptop.session.person as string;
  const at = world.people.indexOf(me);
  const own = at === 0 ? lead : at === 1 ? [...lead, ...auditor] : auditor;
  const action = random.pick(random.between(1, 12) === 1 ? [...lead, ...auditor] : own);
  return action({ world, random, me }).map((edit) => ({
    ...edit,
    claimed: { ms: world.server.clock.ms, count: random.between(0, 9) },
    base: (shown(world.known.records.get(edit.record), edit.unit)?.op ?? null) as Edit['base'] & string,
  }));
}
