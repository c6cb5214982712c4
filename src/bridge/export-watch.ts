/**
 * Tells the server's log which files were made here (security S24). They are made from what is on the laptop, offline too, and the
 * server would know of none.
 */
import { exportNoteSchema, type ExportNote } from '../protocol/export.ts';
import { parseNote } from './page-notes.ts';
import type { SyncBridge } from './sync-bridge.ts';
import { tellLater, type TellLater, type TellLaterDeps } from './tell-later.ts';

export interface ExportWatch extends Pick<TellLater, 'stop'> {
  /** The browser was given a file to save. */
  noteExport(note: ExportNote): void;
}

interface ExportWatchDeps extends TellLaterDeps {
  readonly sync: Pick<SyncBridge, 'state' | 'tellExport'>;
}

export function watchExports(deps: ExportWatchDeps): ExportWatch {
  const { note, stop } = tellLater(deps, 'plumbline-export:', async (_name, text) => {
    const told = parseNote(exportNoteSchema, text);
    // Somebody else's text under our name: there is nothing to tell.
    return told === null ? { ok: true, value: null } : deps.sync.tellExport(told);
  });
  return { noteExport: (made) => note(`${made.atMs}-${made.what}`, JSON.stringify(made)), stop };
}
