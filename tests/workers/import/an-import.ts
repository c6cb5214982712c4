/** What tests of an import share: a made-up tracker, a laptop to bring it to, and the plan that a person would have made. */
import { createHash } from 'node:crypto';
import { ofstedScale } from '../../../src/domain/grade.ts';
import type { DeviceId, RecordId, ToolId } from '../../../src/domain/ids.ts';
import { decidedPlaces } from '../../../src/domain/import/decided-places.ts';
import { importedTool } from '../../../src/domain/import/imported-tool.ts';
import type { ImportMapping } from '../../../src/domain/import/mapping.ts';
import { nothingChosen, placesDraft } from '../../../src/domain/import/places.ts';
import type { FileReading, ImportAccess, ImportCheck, ImportPlan } from '../../../src/protocol/import-job.ts';
import type { Store } from '../../../src/store/open.ts';
import type { ImportDeps } from '../../../workers/import/api.ts';
import { checkFile } from '../../../workers/import/check.ts';
import type { RunningHash } from '../../../workers/import/file-digest.ts';
import { authority, device, hex, me } from '../../store/laptop.ts';

export const never = new AbortController().signal;
export const quiet = (): void => undefined;

export function newFileHash(): RunningHash {
  const running = createHash('sha256');
  return { update: (bytes) => void running.update(bytes), hex: () => running.digest('hex') };
}

export const heading = 'date,service,team,case,overall,risk,plan';

/** A tracker of these rows. */
export const trackerOf = (rows: readonly string[]): File => new File([[heading, ...rows].join('\n')], 'tracker.csv');

/** `count` different rows, graded good and inadequate in turn. */
export const anyRows = (count: number, from = 1): string[] =>
  Array.from({ length: count }, (_, at) => {
    const grade = at % 2 === 0 ? 'Good' : 'Inadequate';
    return `2026-03-01,Assessment,East,CASE-${from + at},${grade},Good,${grade}`;
  });

const labels = [
  { label: 'good', choice: { kind: 'grade', grade: 'good' } },
  { label: 'inadequate', choice: { kind: 'grade', grade: 'inadequate' } },
  { label: 'n/a', choice: { kind: 'not-applicable' } },
] as const;

export const mapping: ImportMapping = {
  dates: [{ column: 0, order: null }],
  undated: 'leave-out',
  service: { column: 1 },
  team: { column: 2 },
  reference: 3,
  auditor: null,
  graded: [4, 5, 6].map((column) => ({ column, title: ['Overall', 'Risk', 'Plan'][column - 4] ?? '', labels })),
  overall: 4,
};

export const reading: FileReading = {
  layout: { encoding: 'utf-8', delimiter: ',', headerRow: 1 },
  mapping,
};

export const tool = importedTool(
  hex(0x70) as ToolId,
  {
    name: 'Imported: tracker',
    scale: ofstedScale,
    columns: ['Risk', 'Plan'].map((title) => ({ heading: title, title })),
    hasOverall: true,
  },
  new Set(),
);

/** What the look says of a file. */
export async function checked(store: Store, file: File): Promise<ImportCheck> {
  const answer = await checkFile(never, file, reading, { store, newFileHash, onProgress: quiet });
  if (!answer.ok) throw new Error(`The file was to be read: ${JSON.stringify(answer.problem)}`);
  return answer.value;
}

/** The plan of somebody who takes what is suggested. */
export function planFor(check: ImportCheck, changes: Partial<ImportPlan> = {}): ImportPlan {
  let next = 0x80;
  const known = { services: [], teams: [], people: [] };
  const draft = placesDraft(check.names, known, nothingChosen);
  const decided = decidedPlaces(draft, () => hex((next += 1)), '2026-03-01');
  if (decided === null) throw new Error('Something is undecided');
  return {
    ...reading,
    ...decided,
    record: hex(0x60) as RecordId,
    file: 'tracker.csv',
    digest: check.digest,
    rows: check.fresh.audits,
    readAs: 'Date: column A',
    tool,
    selection: 'random',
    by: me,
    atMs: 1_750_000_000_000,
    rowReference: 'Row',
    notApplicableReason: 'n.a. in the imported file',
    ...changes,
  };
}

export const access = (): ImportAccess => ({
  ticket: { database: 'laptop', authority, person: me, device: device as DeviceId, keyring: 'k' },
  key: {} as CryptoKey,
});

/** A worker's surroundings around one store. */
export const depsFor = (store: Store, changes: Partial<ImportDeps> = {}): ImportDeps => ({
  openLaptop: async () => ({ ok: true, value: { ...store, port: { ...store.port, close: async () => undefined } } }),
  newFileHash,
  alone: (_person, work) => work(),
  ...changes,
});
