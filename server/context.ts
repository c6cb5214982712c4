/** What a running server is made of; put together in `plumbline`, handed to every route. */
import type { NewId } from '../src/domain/ids.ts';
import type { Passwords } from './auth/passwords.ts';
import type { Config } from './config.ts';
import type { Authority } from './db/authorities.ts';
import type { Database } from './db/transact.ts';
import type { Log } from './log.ts';
import type { CubeKeeper } from './board/keep-cube.ts';
import type { Revoked } from './revoked.ts';
import type { Listeners } from './sync/poke.ts';
import type { ServerKey } from './sync/server-key.ts';

/** What comes from outside: time, chance, and where the built app is. */
export interface Platform {
  readonly now: () => number;
  readonly newId: NewId;
  readonly randomBytes: (n: number) => Uint8Array;
}

export interface Server extends Platform {
  readonly config: Config;
  readonly database: Database;
  readonly authority: Authority;
  readonly passwords: Passwords;
  readonly recoveryKey: Uint8Array;
  readonly serverKey: ServerKey;
  readonly revoked: Revoked;
  readonly listeners: Listeners;
  readonly cube: CubeKeeper;
  readonly log: Log;
}
