/**
 * What `--example` adds to a start: a scratch folder of its own, the made-up authority in it, accounts for whoever looks
 * round, and that all of it goes when the server stops. The council's own data folder is never touched.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exampleAuthority } from '../../src/domain/example/example-authority.ts';
import { exampleName } from '../../src/domain/example/story.ts';
import type { RoleName } from '../../src/domain/values.ts';
import { openExampleAccounts, type OpenedAccount } from '../auth/example-accounts.ts';
import { ConfigError } from '../config.ts';
import type { Server } from '../context.ts';
import { sha256 } from '../sync/context.ts';
import { londonDay } from '../sync/standing.ts';
import { writeExample } from './write-example.ts';

export interface ExampleStart {
  /** Settings that the example decides itself. */
  readonly settings: Readonly<Record<string, string>>;
  /** Writes the authority into a fresh server. */
  fill(server: Server): Promise<void>;
  /** What whoever started it needs to know, once it is filled. */
  told(): string;
  /** Removes the folder; answers what has been removed. */
  end(): string;
}

const itsOwn = ['DATA_DIR', 'DATABASE_URL', 'AUTHORITY_NAME', 'ADMIN_EMAIL', 'ADMIN_NAME'];

/** Makes the scratch folder. Throws a ConfigError when a setting says something else than the example does. */
export function startExample(env: Readonly<Record<string, string | undefined>>): ExampleStart {
  const contrary = itsOwn.filter((name) => (env[name] ?? '') !== '');
  if (contrary.length > 0) {
    throw new ConfigError(
      `--example has a folder, a name and people of its own: start it without ${contrary.join(' and ')}.`,
    );
  }
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-example-'));
  let accounts: readonly OpenedAccount[] = [];
  return {
    settings: { DATA_DIR: folder, AUTHORITY_NAME: exampleName },
    async fill(server) {
      const example = exampleAuthority({ today: londonDay(server.now()), hash: sha256 });
      await writeExample(server, example);
      accounts = await openExampleAccounts(server, example.accounts);
    },
    told: () =>
      `This is ${exampleName}. Nobody and nothing in it is real. It is kept in ${folder}\n` +
      `and is gone when you stop this server, with whatever you add to it. A browser in which you sign in keeps a sealed\n` +
      `copy of its own until you clear this address's site data.\n\nSign in as\n${tableOf(accounts)}\n`,
    end() {
      rmSync(folder, { recursive: true, force: true });
      return `The example is gone: ${folder} has been removed.\n`;
    },
  };
}

const roleWords: Readonly<Record<RoleName, string>> = {
  auditor: 'auditor',
  moderator: 'moderator',
  'team-lead': 'team lead',
  'head-of-service': 'head of service',
  'qa-lead': 'QA lead',
  administrator: 'administrator',
  'board-viewer': 'board viewer',
};

const tableOf = (accounts: readonly OpenedAccount[]): string =>
  accounts
    .map(({ role, email, password }) => `  ${roleWords[role].padEnd(17)}${email.padEnd(29)}${password}`)
    .join('\n');
