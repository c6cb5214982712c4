/**
 * What people do about changes that were held, through the same functions as the screens: a lead accepts some on their
 * author's behalf or returns them; the author sends them again, edits them, or discards them with a reason.
 */
import type { GroupId, RecordId } from '../../../src/domain/ids.ts';
import type { HeldDecision, HeldGroup } from '../../../src/protocol/held.ts';
import { discard, sendAgain } from '../../../src/store/held.ts';
import type { Store } from '../../../src/store/open.ts';
import type { RefusedRow } from '../../../src/store/rows.ts';
import { readQuarantine, readRecord, type HeldChange } from '../../../src/store/view.ts';
import { editOf, noteRefusal, save, sectionValue, wordIn } from './edits.ts';
import type { SimLaptop } from './sim-laptop.ts';
import type { Step } from './steps.ts';
import type { World } from './world.ts';

/** A decision about a held group, as whoever took it was told that it stands. */
export interface ToldDecision {
  readonly group: GroupId;
  readonly what: HeldDecision['what'];
  readonly by: string;
  readonly why: string;
  /** Of what was decided about, as far as the one who decided had it before them. */
  readonly words: readonly string[];
}

const listed = 25;

/** A lead reads the list and says the same of one group, or of all of one record. */
export async function leadDecides(
  world: World,
  laptop: SimLaptop,
  step: Step,
  what: 'accepted' | 'returned',
  word: string,
): Promise<void> {
  const [session] = laptop.sessions();
  // Whoever stops or dies meanwhile is told nothing.
  const list = await session?.heldList(listed).catch(() => undefined);
  if (session === undefined || list?.ok !== true) return;
  // A stale screen still shows what was returned.
  const open = list.value.groups.filter(({ decisions }) =>
    step.which % 4 === 0 ? decisions.every((one) => one.what === 'returned') : decisions.length === 0,
  );
  const first = open[step.what % Math.max(1, open.length)];
  if (first === undefined) return;
  const groups = step.which % 3 === 0 ? open.filter((group) => recordOf(group) === recordOf(first)) : [first];
  const why = `since ${word}`;
  const keys = groups.map(({ device, group }) => ({ device, group }));
  const reply = await session.decide({ groups: keys, what, why }).catch(() => undefined);
  if (reply?.ok !== true) return;
  for (const result of reply.value) {
    world.trace.say(`${laptop.name} ${what} ${result.group.slice(0, 4)}: ${result.outcome}`);
    if (result.outcome !== 'decided') continue;
    const { group, decision } = result;
    world.told.push({ group, ...decision, words: [] });
  }
  session.syncNow();
}

const recordOf = ({ ops }: HeldGroup): RecordId | undefined => ops[0]?.record;

/** The author takes one group of what was not accepted and decides about it. */
export async function authorDecides(
  world: World,
  laptop: SimLaptop,
  page: Store,
  step: Step,
  what: 'send again' | 'edit held' | 'discard held',
  word: string,
): Promise<void> {
  const group = await pickHeld(page, step.what);
  const [first] = group;
  if (first === undefined) return;
  const rows = group.map(({ row }) => row);
  const why = what === 'discard held' ? `since ${word}` : '';
  const saved = why === '' ? await sendAgain(page, rows) : await discard(page, rows, why);
  world.trace.say(`${laptop.name} : ${what} ${first.row.group.slice(0, 4)}, #${rows.map(({ n }) => n).join(' #')}`);
  if (!saved.ok) return noteRefusal(world, laptop, saved.problem);
  // Another tab may have been first.
  const kept = laptop.port.dump().quarantine.find(({ n }) => n === first.row.n);
  if (why !== '' && kept?.code === 'discarded') {
    const words = group.flatMap(({ value }) => wordIn(JSON.stringify(value)) ?? []);
    world.told.push({ group: first.row.group, what: 'discarded', by: page.person, why, words });
  }
  laptop.sessions().forEach((session) => session.syncNow());
  if (what === 'edit held' && first.row.unit.startsWith('section')) {
    const { record, unit } = first.row;
    const shown = await readRecord(page, record);
    if (shown !== null)
      await save(world, laptop, page, [editOf(record, 'audit', unit, sectionValue(word), shown.units[unit])], 'act');
  }
}

async function pickHeld(page: Store, which: number): Promise<readonly HeldChange<RefusedRow>[]> {
  const held = await readQuarantine(page);
  const groups = [...new Set(held.map(({ row }) => row.group))];
  const group = groups[which % Math.max(1, groups.length)];
  return held.filter(({ row }) => row.group === group);
}
