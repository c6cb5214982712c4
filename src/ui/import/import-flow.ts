/**
 * One import from the choice of a file to its end, as the screens show it. Each step rests on the ones before: a file chosen
 * or read anew forgets what was said about it, a changed column what was found under it.
 *
 *   file -> rows -> columns -> places -> about -> check -> add: writing -> done | cancelled | interrupted -> writing
 */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { ImportBridge } from '../../bridge/import-bridge.ts';
import { ofstedScale } from '../../domain/grade.ts';
import type { RecordId } from '../../domain/ids.ts';
import { suggestMapping, type MappingDraft } from '../../domain/import/mapping.ts';
import { nothingChosen, type PlacesChosen } from '../../domain/import/places.ts';
import type { SelectionMethod } from '../../domain/values.ts';
import type { Inspection } from '../../protocol/import.ts';
import type {
  FileReading,
  ImportCheck,
  ImportPlan,
  ImportProgress,
  ImportStop,
  InspectAsked,
} from '../../protocol/import-job.ts';
import type { Result, StoreProblem } from '../../protocol/problem.ts';
import { mappingOf } from './mapping-form.ts';
import { suggestedToolName } from './plan.ts';

export interface FlowState {
  readonly file: File | null;
  readonly asked: InspectAsked;
  readonly inspection: Inspection | null;
  readonly draft: MappingDraft;
  /** How the file was read when it was last looked through, and what was found. */
  readonly looked: { readonly reading: FileReading; readonly check: ImportCheck } | null;
  readonly chosen: PlacesChosen;
  readonly selection: SelectionMethod | '';
  readonly toolName: string;
  /** Of the reading or writing that goes on; null while nothing does. */
  readonly progress: ImportProgress | null;
  /** Why the last reading or writing ended without what was wanted. */
  readonly stop: ImportStop | null;
  readonly adding: Adding | null;
}

export interface Adding {
  readonly plan: ImportPlan;
  readonly phase: 'writing' | 'cancelling' | 'done' | 'cancelled' | 'interrupted';
  /** Audits written since the import was begun here. */
  readonly written: number;
}

const blankDraft: MappingDraft = { graded: [], dates: [] };

const blank: FlowState = {
  file: null,
  asked: {},
  inspection: null,
  draft: blankDraft,
  looked: null,
  chosen: nothingChosen,
  selection: '',
  toolName: '',
  progress: null,
  stop: null,
  adding: null,
};

export interface ImportFlow {
  readonly state: ReadonlySignal<FlowState>;
  /** Says what is in a file; true when it can be read. */
  choose(file: File, asked?: InspectAsked): Promise<boolean>;
  setDraft(draft: MappingDraft): void;
  /** Looks every row through under the draft, which has no errors; true when that was possible. */
  look(): Promise<boolean>;
  set(fields: Partial<Pick<FlowState, 'chosen' | 'selection' | 'toolName'>>): void;
  /** Writes a plan, or the rest of it. */
  write(plan: ImportPlan): Promise<void>;
  /** Ends the writing and takes back what was written. */
  cancel(): Promise<void>;
  /** Back to the columns: the file has to be looked through again. */
  lookAgain(): void;
  /** Ends the reading that goes on. */
  stopReading(): Promise<void>;
  restart(): void;
  close(): Promise<void>;
}

export interface FlowDeps {
  readonly openBridge: () => ImportBridge;
  /** Takes an import back as a whole. */
  readonly undo: (record: RecordId) => Promise<StoreProblem | null>;
}

const starting: ImportProgress = { doneBytes: 0, totalBytes: 0, written: 0 };

export function newImportFlow({ openBridge, undo }: FlowDeps): ImportFlow {
  const state = signal<FlowState>(blank);
  let bridge: ImportBridge | null = null;
  /** Tells the newest job from those before it: only its answer counts. */
  let newest = 0;

  const put = (fields: Partial<FlowState>): void => {
    state.value = { ...state.value, ...fields };
  };
  const thread = (): ImportBridge => (bridge ??= openBridge());

  /** The answer of a job; null when another one was begun meanwhile. */
  async function job<T>(
    work: (on: ImportBridge, told: (progress: ImportProgress) => void) => Promise<Result<T, ImportStop>>,
  ): Promise<Result<T, ImportStop> | null> {
    const mine = (newest += 1);
    put({ progress: starting, stop: null });
    const answer = await work(thread(), (progress) => {
      if (mine === newest) put({ progress });
    });
    if (mine !== newest) return null;
    put({ progress: null, stop: answer.ok ? null : answer.problem });
    return answer;
  }

  return {
    state,
    async choose(file, asked = {}) {
      const isNew = file !== state.value.file;
      if (isNew) put({ ...blank, file, toolName: suggestedToolName(file.name) });
      const answer = await job((on, told) => on.inspect(file, asked, told));
      if (answer === null || !answer.ok) return false;
      const inspection = answer.value;
      const draft = suggestMapping(inspection.columns, ofstedScale);
      put({ asked, inspection, draft, looked: null, chosen: nothingChosen });
      return true;
    },
    setDraft: (draft) => put({ draft, looked: null, chosen: nothingChosen }),
    async look() {
      const { file, inspection, draft } = state.value;
      const mapping = inspection === null ? null : mappingOf(draft, inspection.columns);
      if (file === null || inspection === null || mapping === null) return false;
      const reading = { layout: inspection.layout, mapping };
      const answer = await job((on, told) => on.check(file, reading, told));
      if (answer === null || !answer.ok) return false;
      put({ looked: { reading, check: answer.value } });
      return true;
    },
    set: (fields) => put(fields),
    async write(plan) {
      const { file, adding } = state.value;
      if (file === null) return;
      const before = adding?.plan.record === plan.record ? adding.written : 0;
      put({ adding: { plan, phase: 'writing', written: before } });
      const answer = await job((on, told) =>
        on.write(file, plan, (progress) => {
          told(progress);
          if (state.value.adding?.plan === plan)
            put({ adding: { ...state.value.adding, written: before + progress.written } });
        }),
      );
      const now = state.value.adding;
      if (answer === null || now?.plan !== plan || now.phase === 'cancelling') return;
      const finished = answer.ok && answer.value.outcome === 'finished';
      const written = answer.ok ? before + answer.value.written : now.written;
      put({ adding: { plan, phase: finished ? 'done' : 'interrupted', written } });
    },
    async cancel() {
      const { adding } = state.value;
      if (adding === null) return;
      put({ adding: { ...adding, phase: 'cancelling' } });
      await bridge?.stop();
      const problem = await undo(adding.plan.record);
      const written = state.value.adding?.written ?? adding.written;
      const phase = problem === null ? 'cancelled' : 'interrupted';
      put({ adding: { ...adding, phase, written }, stop: problem, progress: null });
    },
    lookAgain: () => put({ adding: null, looked: null, stop: null }),
    async stopReading() {
      await bridge?.stop();
    },
    restart: () => {
      newest += 1;
      state.value = blank;
    },
    async close() {
      newest += 1;
      const closing = bridge;
      bridge = null;
      await closing?.close();
    },
  };
}
