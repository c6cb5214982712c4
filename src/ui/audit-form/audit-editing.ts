/**
 * One audit, opened for editing: the record as it stands, and an editor that keeps what is done to it. What is typed is
 * put away when the page is hidden, locked, left or closed; while something cannot be saved the browser asks before closing.
 */
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import type { DeviceId, RecordId } from '../../domain/ids.ts';
import type { Result, StoreProblem } from '../../protocol/problem.ts';
import { watch } from '../../store/live.ts';
import { recordEdits } from '../../store/record.ts';
import { readDevice } from '../../store/sync-meta.ts';
import { readRecord, type ShownRecord } from '../../store/view.ts';
import { createUnitEditor, type After, type How, type UnitEdit, type UnitEditor } from './unit-editor.ts';

export interface AuditEditing {
  /** undefined until it has been read, null when this laptop has nothing of it. */
  readonly record: ShownRecord | null | undefined;
  readonly editor: UnitEditor;
  readonly device: DeviceId;
}

export function useAuditEditing(laptop: Laptop, id: RecordId): AuditEditing {
  const { store } = laptop;
  const editor = useMemo(() => createUnitEditor({ save: saveIn(laptop, id), after: inTime }), [laptop, id]);
  const [record, setRecord] = useState<ShownRecord | null>();
  const [device, setDevice] = useState(store.device);
  useEffect(() => {
    const read = async () => ({
      mark: editor.mark(),
      record: await readRecord(store, id),
      device: await readDevice(store),
    });
    return watch(store, read, (seen) => {
      editor.receive(seen.record?.units ?? {}, seen.mark);
      setDevice(seen.device);
      setRecord(seen.record);
    });
  }, [store, id, editor]);
  useEffect(() => putAwayOnLeaving(laptop, editor), [laptop, editor]);
  return { record, editor, device };
}

const inTime: After = (ms, run) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};

function saveIn({ store }: Laptop, id: RecordId) {
  return async (edit: UnitEdit, how: How): Promise<Result<unknown, StoreProblem>> => {
    try {
      return await recordEdits(store, [{ record: id, kind: 'audit', ...edit }], how);
    } catch (cause) {
      // A fault of ours must not stop the saves after it, nor look like one that worked.
      return { ok: false, problem: { kind: 'storage-failed', why: String(cause) } };
    }
  };
}

function putAwayOnLeaving(laptop: Laptop, editor: UnitEditor): () => void {
  const stop = new AbortController();
  const flush = (): void => void editor.flush();
  const ifHidden = (): void => {
    if (document.visibilityState === 'hidden') flush();
  };
  const ifUnsaved = (event: Event): void => {
    if (editor.isFailing()) event.preventDefault();
  };
  window.addEventListener('pagehide', flush, { signal: stop.signal });
  document.addEventListener('visibilitychange', ifHidden, { signal: stop.signal });
  window.addEventListener('beforeunload', ifUnsaved, { signal: stop.signal });
  const deregister = laptop.onBeforeLock(async () => void (await editor.flush()));
  return () => {
    stop.abort();
    deregister();
    flush();
  };
}
