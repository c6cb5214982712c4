import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ImportBridge, OnProgress } from '../../../src/bridge/import-bridge.ts';
import type { RecordId } from '../../../src/domain/ids.ts';
import type { ImportPlan, ImportStop } from '../../../src/protocol/import-job.ts';
import type { Result, StoreProblem } from '../../../src/protocol/problem.ts';
import { newImportFlow, type ImportFlow } from '../../../src/ui/import/import-flow.ts';
import { steps, stepToShow } from '../../../src/ui/import/steps.ts';
import { planFor } from '../../workers/import/an-import.ts';
import { looked, organisation, type Looked } from './a-flow.ts';

interface Context extends Looked {
  flow: ImportFlow;
  /** Answers the question at a place in the order of asking, from the last. */
  answer: (reply: Result<unknown, ImportStop>, at?: number) => Promise<void>;
  tell: (written: number) => void;
  undone: RecordId[];
  undoProblem: { now: StoreProblem | null };
  log: string[];
}

const test = suite<Context>('one import from file to end');
const file = new File(['x'], 'Tracker 2026.csv');
const other = new File(['y'], 'other.csv');
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const ok = <T>(value: T) => ({ ok: true, value }) as const;

test.before.each(async (context) => {
  const waiting: ((reply: unknown) => void)[] = [];
  let told: OnProgress = () => undefined;
  const asked = <T>(what: string, onProgress: OnProgress): Promise<T> => {
    context.log.push(what);
    told = onProgress;
    return new Promise((resolve) => waiting.push((reply) => resolve(reply as T)));
  };
  const bridge: ImportBridge = {
    inspect: (_file, _asked, onProgress) => asked('inspect', onProgress),
    check: (_file, _reading, onProgress) => asked('check', onProgress),
    write: (_file, _plan, onProgress) => asked('write', onProgress),
    async stop() {
      context.log.push('stop');
      waiting.at(-1)?.(ok({ outcome: 'stopped', written: 7 }));
      await turn();
    },
    close: async () => void context.log.push('close'),
  };
  Object.assign(context, await looked(), {
    log: [],
    undone: [],
    undoProblem: { now: null },
    tell: (written: number) => told({ doneBytes: 1, totalBytes: 2, written }),
    async answer(reply: unknown, at = -1) {
      waiting.at(at)?.(reply);
      await turn();
    },
  });
  context.flow = newImportFlow({
    openBridge: () => bridge,
    undo: async (record) => {
      context.undone.push(record);
      return context.undoProblem.now;
    },
  });
});

async function lookThrough({ flow, inspection, answer, draft, check }: Context): Promise<void> {
  void flow.choose(file);
  await answer(ok(inspection));
  flow.setDraft(draft);
  void flow.look();
  await answer(ok(check));
}

const plan = ({ check, reading }: Context): ImportPlan => planFor(check, { ...reading });

test('a file is read, mapped as suggested and looked through; a step can be taken once what it needs is there', async ({
  flow,
  inspection,
  answer,
  draft,
  check,
}) => {
  const shown = (): string[] => steps.filter((step) => stepToShow(step, flow.state.value, organisation()) === step);
  assert.equal(shown(), ['file']);
  const chosen = flow.choose(file);
  assert.ok(flow.state.value.progress);
  await answer(ok(inspection));
  assert.is(await chosen, true);
  assert.equal([flow.state.value.progress, flow.state.value.toolName], [null, 'Imported: Tracker 2026']);
  assert.equal(shown(), ['file', 'rows', 'columns']);
  flow.setDraft(draft);
  const through = flow.look();
  await answer(ok(check));
  assert.is(await through, true);
  assert.equal(shown(), ['file', 'rows', 'columns', 'places', 'about']);
  flow.set({ selection: 'random' });
  assert.equal(shown(), ['file', 'rows', 'columns', 'places', 'about', 'check']);
});

test('where nothing would be added nothing is asked about it', async (context) => {
  const { flow, check } = context;
  await lookThrough({ ...context, check: { ...check, fresh: { ...check.fresh, audits: 0 } } });
  assert.is(stepToShow('about', flow.state.value, organisation()), 'check');
});

test('a file that cannot be read says why, and nothing is kept of the one before', async (context) => {
  await lookThrough(context);
  const { flow, answer } = context;
  const chosen = flow.choose(other);
  await answer({ ok: false, problem: { kind: 'no-rows' } });
  assert.is(await chosen, false);
  const { stop, inspection, looked: through } = flow.state.value;
  assert.equal([stop?.kind, inspection, through], ['no-rows', null, null]);
});

test('the answer about a file that was replaced meanwhile is dropped', async ({ flow, answer, inspection }) => {
  const first = flow.choose(file);
  const second = flow.choose(other);
  await answer(ok({ ...inspection, rowCount: 99 }), -2);
  assert.is(await first, false);
  assert.is(flow.state.value.inspection, null);
  await answer(ok(inspection));
  assert.is(await second, true);
  assert.equal([flow.state.value.file?.name, flow.state.value.inspection?.rowCount], ['other.csv', 3]);
});

test('a changed column forgets what was found under it', async (context) => {
  await lookThrough(context);
  const { flow, draft } = context;
  flow.set({ chosen: { ...flow.state.value.chosen, spread: 'one' } });
  flow.setDraft({ ...draft, auditor: null });
  assert.equal([flow.state.value.looked, flow.state.value.chosen.spread], [null, null]);
});

test('writing tells how far it is and ends as done; nothing is gone back to meanwhile', async (context) => {
  await lookThrough(context);
  const { flow, tell, answer } = context;
  const writing = flow.write(plan(context));
  tell(1);
  assert.equal([flow.state.value.adding?.phase, flow.state.value.adding?.written], ['writing', 1]);
  assert.is(stepToShow('columns', flow.state.value, organisation()), 'add');
  await answer(ok({ outcome: 'finished', written: 2 }));
  await writing;
  assert.equal([flow.state.value.adding?.phase, flow.state.value.adding?.written], ['done', 2]);
});

test('a disk that is full interrupts it; trying again goes on and counts what was written before', async (context) => {
  await lookThrough(context);
  const { flow, tell, answer } = context;
  const mine = plan(context);
  const writing = flow.write(mine);
  tell(40);
  await answer({ ok: false, problem: { kind: 'disk-full' } });
  await writing;
  assert.equal([flow.state.value.adding?.phase, flow.state.value.stop?.kind], ['interrupted', 'disk-full']);
  const again = flow.write(mine);
  tell(5);
  assert.is(flow.state.value.adding?.written, 45);
  await answer(ok({ outcome: 'finished', written: 60 }));
  await again;
  assert.equal([flow.state.value.adding?.phase, flow.state.value.adding?.written], ['done', 100]);
});

test('cancelling stops the writing between two audits, and then takes the whole import back', async (context) => {
  await lookThrough(context);
  const { flow, tell, log, undone } = context;
  const mine = plan(context);
  void flow.write(mine);
  tell(7);
  await flow.cancel();
  assert.equal(log.slice(-2), ['write', 'stop']);
  assert.equal(undone, [mine.record]);
  assert.equal([flow.state.value.adding?.phase, flow.state.value.adding?.written], ['cancelled', 7]);
});

test('what could not be taken back is said', async (context) => {
  await lookThrough(context);
  const { flow, undoProblem } = context;
  undoProblem.now = { kind: 'disk-full' };
  void flow.write(plan(context));
  await flow.cancel();
  assert.equal([flow.state.value.adding?.phase, flow.state.value.stop?.kind], ['interrupted', 'disk-full']);
});

test('leaving closes the thread, and what it still answers changes nothing', async (context) => {
  const { flow, answer, inspection, log } = context;
  void flow.choose(file);
  const before = flow.state.value;
  await flow.close();
  await answer(ok(inspection));
  assert.equal(log, ['inspect', 'close']);
  assert.is(flow.state.value, before);
});

test.run();
