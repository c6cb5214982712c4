/** Makes one step happen. What people do goes through the same functions as the screens; what they would not be offered mostly does not. */
import { othersToSee } from '../../../src/domain/fold.ts';
import type { JsonObject } from '../../../src/domain/canonical.ts';
import type { RecordId } from '../../../src/domain/ids.ts';
import type { Edit } from '../../../src/store/record.ts';
import type { Store } from '../../../src/store/open.ts';
import { readRecord } from '../../../src/store/view.ts';
import { authorDecides, leadDecides } from './decisions.ts';
import {
  auditShown,
  checksValue,
  editOf,
  eventValue,
  overallValue,
  save,
  saveGroups,
  sections,
  sectionValue,
  voiceValue,
} from './edits.ts';
import { idsFrom } from './ids.ts';
import { happen } from './mishap.ts';
import type { SimLaptop } from './sim-laptop.ts';
import { acts, type Step } from './steps.ts';
import { allocation, caseOf, grant } from './template.ts';
import type { World } from './world.ts';

const isAct = (name: string): name is (typeof acts)[number] => (acts as readonly string[]).includes(name);

/** `at` is the step's place in its schedule. */
export async function perform(world: World, step: Step, at: number): Promise<void> {
  const laptops = whoMay(world, step.do);
  const laptop = laptops[step.on % laptops.length];
  if (laptop === undefined) return;
  world.trace.say(`${laptop.name} : ${step.do}`);
  if (!isAct(step.do)) return happen(world, laptop, step, at);
  const page = laptop.page(step.tab);
  if (page !== null) await act(world, laptop, page, step, step.do, at);
}

/** About held changes somebody decides who has some, or who is asked about some. */
function whoMay({ laptops, template: { people } }: World, what: Step['do']): readonly SimLaptop[] {
  const leads = laptops.filter(({ person }) => person === people.quinn || person === people.lee);
  const authors = laptops.filter(({ port }) => port.dump().quarantine.length > 0);
  if (what === 'accept held' || what === 'return held') return leads;
  return what === 'send again' || what === 'edit held' || what === 'discard held' ? authors : laptops;
}

async function act(
  world: World,
  laptop: SimLaptop,
  page: Store,
  step: Step,
  what: (typeof acts)[number],
  at: number,
): Promise<void> {
  const section = `section:${sections[step.which % sections.length]}`;
  const word = world.nextWord();
  // Now and then somebody acts on what they are not offered: a stale screen.
  const shown = () => auditShown(world, page, step.what, step.which % 20 > 1);
  const one = async (unit: string, value: JsonObject, how: 'act' | 'typing' = 'act'): Promise<void> => {
    const audit = await shown();
    if (audit !== null)
      await save(world, laptop, page, [editOf(audit.id, 'audit', unit, value, audit.units[unit])], how);
  };
  switch (what) {
    case 'grade':
      return one(section, sectionValue(word));
    case 'type':
      return one(section, sectionValue(word), 'typing');
    case 'checks':
      return one(section.replace('section', 'checks'), checksValue(word));
    case 'overall':
      return one('overall', overallValue(word));
    case 'voice':
      return one('voice:child', voiceValue(word));
    case 'submit':
      return one('submitted', eventValue(page.person, page.now(), word));
    case 'group': {
      const audit = await shown();
      if (audit === null) return;
      const units = [
        ...sections.map((id) => [`section:${id}`, sectionValue(world.nextWord())] as const),
        ['overall', overallValue(word)] as const,
      ];
      const group = units
        .slice(step.which % 2)
        .map(([unit, value]) => editOf(audit.id, 'audit', unit, value, audit.units[unit]));
      return save(world, laptop, page, group, 'act');
    }
    case 'choose':
      return choose(world, laptop, page, step);
    case 'start audit':
      return startAudit(world, laptop, page, step, word, at);
    case 'accept held':
      return leadDecides(world, laptop, step, 'accepted', word);
    case 'return held':
      return leadDecides(world, laptop, step, 'returned', word);
    case 'send again':
    case 'edit held':
    case 'discard held':
      return authorDecides(world, laptop, page, step, what, word);
    case 'open in full': {
      const audit = await auditShown(world, page, step.what, false);
      const [session] = laptop.sessions();
      if (audit !== null && session !== undefined) await session.openRecord(audit.id).catch(() => undefined);
      return;
    }
    case 'sync now':
      return laptop.sessions().forEach((session) => session.syncNow());
    case 'sign out':
      await laptop.signOut();
      world.time.after(20_000, () => void signInAgain(world, laptop));
      return;
    default:
      if (page.person === world.template.people.quinn) await lead(world, laptop, page, step, what, word, at);
  }
}

async function signInAgain(world: World, laptop: SimLaptop): Promise<void> {
  laptop.wire.cookie = await world.server.signIn(laptop.person, undefined);
  await laptop.start();
  laptop.sessions().forEach((session) => session.signedIn());
}

/** Looks at an overlap and chooses, settling the others. */
async function choose(world: World, laptop: SimLaptop, page: Store, step: Step): Promise<void> {
  for (const id of world.audits) {
    const audit = await readRecord(page, id);
    for (const [unit, { confirmed }] of Object.entries(audit?.units ?? {})) {
      if (confirmed === undefined || !unit.startsWith('section') || othersToSee(confirmed).length === 0) continue;
      const kept = step.which % 2 === 0 ? confirmed.value : (confirmed.others[0]?.value ?? confirmed.value);
      const settles = confirmed.others.map(({ op }) => op);
      const value = step.which % 3 === 0 ? sectionValue(world.nextWord()) : kept;
      const edit: Edit = { record: id, kind: 'audit', unit, value, base: confirmed.op, settles };
      return save(world, laptop, page, [edit], 'act');
    }
  }
}

async function startAudit(
  world: World,
  laptop: SimLaptop,
  page: Store,
  step: Step,
  word: string,
  at: number,
): Promise<void> {
  const id = idsFrom(world.chanceOf(`audit ${at}`))() as RecordId;
  const { services, teams } = world.template;
  world.audits.push(id);
  const auditor = page.person;
  const value = allocation({ service: services[0], team: teams[step.what % 2] ?? '', auditor, extensionReason: '' });
  await save(
    world,
    laptop,
    page,
    [editOf(id, 'audit', 'case', caseOf(word), undefined), editOf(id, 'audit', 'allocation', value, undefined)],
    'act',
  );
}

/** What only a QA lead does. */
async function lead(
  world: World,
  laptop: SimLaptop,
  page: Store,
  step: Step,
  what: (typeof acts)[number],
  word: string,
  at: number,
): Promise<void> {
  const { people, services, teams } = world.template;
  const newId = idsFrom(world.chanceOf(`lead ${at}`));
  const change = async (id: string, kind: 'person' | 'team', unit: string, value: JsonObject): Promise<void> => {
    const shown = await readRecord(page, id as RecordId);
    await save(world, laptop, page, [editOf(id, kind, unit, value, shown?.units[unit])], 'act');
  };
  switch (what) {
    case 'void': {
      const audit = await auditShown(world, page, step.what, false);
      if (audit === null) return;
      return save(
        world,
        laptop,
        page,
        [editOf(audit.id, 'audit', 'voided', eventValue(page.person, page.now(), word), audit.units['voided'])],
        'act',
      );
    }
    case 'allocate': {
      const audit = await auditShown(world, page, step.what, false);
      if (audit === null) return;
      const auditor = [people.alex, people.amira, people.alex, null][step.which % 4] ?? null;
      const moderator = [null, null, people.amira, people.alex, people.lee][step.which % 5] ?? null;
      const team = teams[step.which % 3] ?? '';
      const service = step.which % 3 === 2 ? services[1] : services[0];
      const exempt = step.which % 7 === 0;
      const selection = step.which % 6 === 0 ? 'referred' : 'random';
      const value = allocation({ auditor, moderator, team, service, exempt, selection, extensionReason: word });
      return save(
        world,
        laptop,
        page,
        [editOf(audit.id, 'audit', 'allocation', value, audit.units['allocation'])],
        'act',
      );
    }
    case 'change rights': {
      const person = [people.alex, people.amira, people.lee][step.what % 3] ?? people.alex;
      const other = [
        [grant('auditor'), grant('moderator', [services[0]])],
        [grant('team-lead', [services[0]]), grant('moderator', [], [teams[2] ?? ''])],
        [grant('team-lead', [services[1]])],
        [grant('team-lead', [], [teams[0] ?? ''])],
        [{ ...grant('auditor'), to: '2026-05-01' }],
        [grant('head-of-service', [services[0]])],
        [grant('administrator')],
      ];
      const grants = other[step.which % other.length] ?? [];
      return change(person, 'person', 'roles', { grants });
    }
    case 'move team': {
      const team = teams[step.what % 3] ?? '';
      return change(team, 'team', 'profile', {
        name: word,
        from: '2020-01-01',
        to: null,
        was: [],
        service: services[step.which % 2] ?? services[0],
      });
    }
    case 'add person': {
      const id = newId();
      // Now and then somebody who has an account already: the whole group is refused for it.
      const email = step.which % 4 === 0 ? 'person1@example.org' : `${word}@example.org`;
      const profile = { name: word, email };
      const group = [
        editOf(id, 'person', 'profile', profile, undefined),
        editOf(id, 'person', 'roles', { grants: [grant('auditor')] }, undefined),
      ];
      return save(world, laptop, page, group, 'act');
    }
    case 'import':
      return bringIn(world, laptop, page, step, word, newId);
    case 'undo import': {
      const id = world.imports[step.what % Math.max(1, world.imports.length)];
      if (id === undefined) return;
      const shown = await readRecord(page, id);
      if (shown?.units['source'] === undefined || shown.units['undone'] !== undefined) return;
      return save(
        world,
        laptop,
        page,
        [editOf(id, 'import', 'undone', eventValue(page.person, page.now(), word), undefined)],
        'act',
      );
    }
    default:
      return;
  }
}

/** An import: its record, and a group for each row. */
async function bringIn(
  world: World,
  laptop: SimLaptop,
  page: Store,
  step: Step,
  word: string,
  newId: () => string,
): Promise<void> {
  const { services, teams } = world.template;
  const id = newId() as RecordId;
  const rows = 2 + (step.what % 6);
  world.imports.push(id);
  const source = {
    file: `${word}.csv`,
    digest: newId() + newId(),
    rows,
    tool: 'assessment@1.0.0',
    by: page.person,
    at: page.now(),
    mapping: '',
  };
  const groups = [{ edits: [editOf(id, 'import', 'source', source, undefined)] }];
  for (let row = 1; row <= rows; row += 1) {
    const audit = newId() as RecordId;
    world.audits.push(audit);
    const units: readonly (readonly [string, JsonObject])[] = [
      ['imported', { import: id, row: newId() + newId(), line: row, day: '2026-04-01' }],
      ['case', caseOf(world.nextWord())],
      [
        'allocation',
        allocation({
          service: services[0],
          team: teams[row % 3] ?? '',
          auditor: null,
          extensionReason: world.nextWord(),
        }),
      ],
      ['section:risk', sectionValue(world.nextWord())],
      ['overall', overallValue(world.nextWord())],
      ['submitted', eventValue(page.person, page.now(), world.nextWord())],
    ];
    groups.push({ edits: units.map(([unit, value]) => editOf(audit, 'audit', unit, value, undefined)) });
  }
  await saveGroups(world, laptop, page, groups);
}
