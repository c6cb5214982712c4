/** A backup file that has been opened and read through: what it holds, and in which way it may come in here. */
import type { Laptop } from '../../bridge/laptop.ts';
import { idsHere, type Choices, type Named } from '../../domain/bring-in/choices.ts';
import type { Standing } from '../../domain/rights.ts';
import { builtInTool } from '../../domain/tools/built-in.ts';
import type { BackupProblem, BackupWho } from '../../protocol/backup.ts';
import type { Result, StoreProblem } from '../../protocol/problem.ts';
import type { OnProgress } from '../../store/backup/bring-in.ts';
import { readContents, type BackupContents } from '../../store/backup/contents.ts';
import { asBackupResult, BackupFailure, type Cancelled } from '../../store/backup/failure.ts';
import { openBackup, type OpenedBackup } from '../../store/backup/read-backup.ts';
import type { Way } from '../../store/backup/told.ts';
import type { Organisation } from '../data/organisation.ts';

export interface LookedAt {
  readonly backup: OpenedBackup;
  readonly contents: BackupContents;
  readonly how: 'same' | 'join';
}

/** Opens a file and reads it through. Nothing is written. */
export async function lookInto(
  signal: AbortSignal,
  { store }: Laptop,
  file: Blob,
  passphrase: string,
  onProgress: OnProgress,
): Promise<Result<LookedAt, BackupProblem | StoreProblem | Cancelled>> {
  const opened = await asBackupResult(signal, async () => {
    const backup = await openBackup(store.hash, file, passphrase);
    return { backup, how: howItComesIn(backup.who, store) };
  });
  if (!opened.ok) return opened;
  const contents = await readContents(signal, opened.value.backup, onProgress);
  return contents.ok ? { ok: true, value: { ...opened.value, contents: contents.value } } : contents;
}

/** Work that a council's server knows is brought back by the person whose it is, there and nowhere else. */
function howItComesIn({ home, authority, person }: BackupWho, here: Laptop['store']): LookedAt['how'] {
  if (authority === here.authority && person === here.person) return 'same';
  if (home === 'laptop') return 'join';
  throw new BackupFailure(authority === here.authority ? 'another-persons' : 'another-councils');
}

/** The way a file comes in once every name of it has been said. */
export function wayOf({ how, contents: { who } }: LookedAt, laptop: Laptop, standing: Standing, choices: Choices): Way {
  if (how === 'same') return { kind: 'same', standing: laptop.home.server === null ? null : standing };
  return {
    kind: 'join',
    standing,
    idHere: idsHere({
      choices,
      isBuiltIn: (id) => builtInTool(id) !== undefined,
      they: who.person,
      me: laptop.store.person,
    }),
    isMade: (id) => choices.get(id)?.kind === 'make',
  };
}

/** Everything here that a name of a file may be. Built-in tools are the same everywhere. */
export const oursIn = ({ services, teams, people, tools }: Organisation): readonly Named[] => [
  ...services.map(({ id, name }): Named => ({ what: 'service', id, name })),
  ...teams.map(({ id, name, service }): Named => ({ what: 'team', id, name, service })),
  ...people.map(({ id, name, email }): Named => ({ what: 'person', id, name, email })),
  ...tools
    .filter(({ id }) => builtInTool(id) === undefined)
    .map((tool): Named => ({ what: 'tool', id: tool.id, name: tool.name, tool })),
];
