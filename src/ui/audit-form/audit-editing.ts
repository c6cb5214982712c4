/** One audit, opened for editing: the record as it stands, and an editor that keeps what is done to it. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import type { DeviceId, RecordId } from '../../domain/ids.ts';
import { watch } from '../../store/live.ts';
import { readDevice } from '../../store/sync-meta.ts';
import { readRecord, type ShownRecord } from '../../store/view.ts';
import { useOpenEditors } from './keeping-editors.ts';
import { saveIn } from './saving.ts';
import { createUnitEditor, type After, type UnitEditor } from './unit-editor.ts';

export interface AuditEditing {
  /** undefined until it has been read, null when this laptop has nothing of it. */
  readonly record: ShownRecord | null | undefined;
  readonly editor: UnitEditor;
  readonly device: DeviceId;
}

export function useAuditEditing(laptop: Laptop, id: RecordId): AuditEditing {
  const { store } = laptop;
  const editors = useOpenEditors();
  const editor = useMemo(
    () => editors.leftOf(id) ?? createUnitEditor({ save: saveIn(laptop, id), after: inTime }),
    [editors, laptop, id],
  );
  const [record, setRecord] = useState<ShownRecord | null>();
  const [device, setDevice] = useState(store.device);
  useEffect(() => {
    const read = async () => ({
      mark: editor.mark(),
      record: await readRecord(store, id),
      device: await readDevice(store),
    });
    return watch(store, read, (seen) => {
      editor.receive(seen.record?.units ?? {}, seen.mark, seen.device);
      setDevice(seen.device);
      setRecord(seen.record);
    });
  }, [store, id, editor]);
  useEffect(() => editors.open(id, editor), [editors, id, editor]);
  return { record, editor, device };
}

const inTime: After = (ms, run) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};
