/** Where a gate stands in a test, and what is open behind it. */
import type { Gate } from '../../src/bridge/gate-state.ts';
import type { RunningGate } from '../../src/bridge/gate.ts';
import type { CouncilServer } from '../../src/bridge/home.ts';
import type { Laptop } from '../../src/bridge/laptop.ts';
import type { KeyringEntry } from '../../src/store/keyring-entry.ts';
import type { FakeBrowser } from './fake-doors.ts';

export const kind = (gate: RunningGate): Gate['kind'] => gate.gate.value.kind;

export function entryOf(browser: FakeBrowser): KeyringEntry {
  const [row] = browser.rows.values();
  if (row === undefined) throw new Error('Nobody has a copy on this laptop');
  return row.entry;
}

export function laptopOf(gate: RunningGate): Laptop {
  const now = gate.gate.value;
  if (now.kind !== 'open') throw new Error(`The gate stands at ${now.kind}`);
  return now.laptop;
}

export function serverOf(gate: RunningGate): CouncilServer {
  const { server } = laptopOf(gate).home;
  if (server === null) throw new Error('This laptop has no server');
  return server;
}

/** A tab on a laptop nobody has a copy on, in front of the server's door. */
export async function atSignIn(browser: FakeBrowser): Promise<RunningGate> {
  const gate = await browser.tab();
  gate.toSignIn();
  return gate;
}
