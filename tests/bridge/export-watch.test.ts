import { signal } from '@preact/signals';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { watchExports } from '../../src/bridge/export-watch.ts';
import type { ShownSync } from '../../src/bridge/sync-bridge.ts';
import type { ExportNote } from '../../src/protocol/export.ts';
import { fakeNotes } from './fake-doors.ts';

const test = suite('telling which files were made here');
const keyring = 'a'.repeat(32);
const file = (atMs: number): ExportNote => ({ what: 'audits', rows: 3, namesAuditors: false, atMs });
const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

function laptop(phase: ShownSync['phase'], notes = fakeNotes(), home: 'server' | 'laptop' = 'server') {
  const told: ExportNote[] = [];
  const state = signal<ShownSync>({
    ...{ phase, provedEqualMs: null, problem: null, clockOffsetMs: null, receiving: null },
  });
  const tellExport = async (made: ExportNote) => {
    told.push(made);
    await settle();
    return { ok: true, value: null } as const;
  };
  const watch = watchExports({ notes, entry: { home, keyring }, sync: { state, tellExport } });
  return { notes, told, watch, is: (next: ShownSync['phase']) => void (state.value = { ...state.value, phase: next }) };
}

test('every file that is made offline is told once the server is back, also after a restart, and then nothing is left noted', async () => {
  const offline = laptop('offline');
  for (const atMs of [1, 2]) offline.watch.noteExport(file(atMs));
  assert.equal(offline.told, []);
  assert.is(offline.notes.names().length, 2);
  offline.watch.stop();
  const again = laptop('offline', offline.notes);
  again.is('idle');
  for (let i = 0; i < 6; i += 1) await settle();
  assert.equal(again.told, [file(2), file(1)]);
  assert.equal(again.notes.names(), []);
});

test('what stands under such a name and is no such note is cleared away; a laptop without a server notes nothing', async () => {
  const notes = fakeNotes();
  for (const text of ['', '{', '{"what":"audits"}'])
    notes.write(`plumbline-export:${text.length}-audits:${keyring}`, text);
  const { told } = laptop('idle', notes);
  for (let i = 0; i < 6; i += 1) await settle();
  assert.equal([told, notes.names()], [[], []]);
  const alone = laptop('laptop-only', fakeNotes(), 'laptop');
  alone.watch.noteExport(file(1));
  assert.equal(alone.notes.names(), []);
});

test.run();
