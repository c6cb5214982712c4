/**
 * The editors of one opened laptop. An audit that is left while its saves fail keeps its editor, which goes on trying; who
 * comes back to it finds what was written where it was. Needs no browser.
 *
 * Promises:
 *  - one editor per audit holds what is not saved, however often the audit is left and opened
 *  - `stop` ends every retry and forgets every text: nothing that was written outlives the lock
 */
import { signal } from '@preact/signals';
import type { RecordId } from '../../domain/ids.ts';
import type { StoreProblem } from '../../protocol/problem.ts';
import type { UnitEditor } from './unit-editor.ts';

/** An audit of which something is only on this screen, and why. */
interface NotSaved {
  readonly id: RecordId;
  readonly problem: StoreProblem;
}

export interface OpenEditors {
  /** The editor that still holds something of this audit that is not saved. */
  leftOf(id: RecordId): UnitEditor | undefined;
  /** The audit is open in this editor. Returns how to leave it: what it holds is saved, or kept here. */
  open(id: RecordId, editor: UnitEditor): () => void;
  /** Saves everything of one audit now. Resolves why not, or null when nothing is left unsaved. */
  flush(id: RecordId): Promise<StoreProblem | null>;
  /** Saves everything now. Resolves true when nothing is left unsaved. */
  flushAll(): Promise<boolean>;
  /** Whoever asks while drawing is drawn again when the answer changes. */
  notSaved(): NotSaved | null;
  /** The same of whether something is on its way to the disk, or could not be saved; and of whether a box shows what cannot be kept. */
  hasUnsaved(): boolean;
  holdsRefused(): boolean;
  stop(): void;
}

export function createOpenEditors(): OpenEditors {
  const entries = new Map<RecordId, { readonly editor: UnitEditor }>();
  /** Grows with every editor that comes or goes. */
  const version = signal(0);
  const changed = (): void => void (version.value = version.peek() + 1);

  function open(id: RecordId, editor: UnitEditor): () => void {
    const entry = { editor };
    entries.set(id, entry);
    changed();
    return () => {
      void editor.leave().then((saved) => {
        if (!saved || entries.get(id) !== entry) return;
        entries.delete(id);
        changed();
      });
    };
  }

  function notSaved(): NotSaved | null {
    void version.value;
    for (const [id, { editor }] of entries) {
      const problem = editor.failure();
      if (problem !== null) return { id, problem };
    }
    return null;
  }

  function some(is: (editor: UnitEditor) => boolean): boolean {
    void version.value;
    return [...entries.values()].some(({ editor }) => is(editor));
  }

  return {
    leftOf(id) {
      const editor = entries.get(id)?.editor;
      return editor?.hasUnsaved() ? editor : undefined;
    },
    open,
    async flush(id) {
      const editor = entries.get(id)?.editor;
      return editor === undefined || (await editor.flush()) ? null : editor.failure();
    },
    async flushAll() {
      const saved = await Promise.all([...entries.values()].map(({ editor }) => editor.flush()));
      return saved.every(Boolean);
    },
    notSaved,
    hasUnsaved: () => some((editor) => editor.hasUnsaved()),
    holdsRefused: () => some((editor) => editor.refused.some()),
    stop() {
      for (const { editor } of entries.values()) editor.stop();
      entries.clear();
    },
  };
}
