/** The accounts of an example authority: one for each role, with a password that is made up anew at each start. */
import type { ExampleAccount } from '../../src/domain/example/cast.ts';
import { weaknessOf } from '../../src/domain/secrets.ts';
import type { Platform, Server } from '../context.ts';
import { savePassword } from '../db/accounts.ts';

export interface OpenedAccount extends ExampleAccount {
  readonly password: string;
}

/** 32 characters that are not taken for each other: five bits of a random byte choose one. */
const letters = 'abcdefghijkmnpqrstuvwxyz23456789';
const randomLetters = 12;
const lettersTogether = /.{4}(?=.)/g;

/** Sets a password for each account, as joining does, and answers them. */
export async function openExampleAccounts(
  { database, authority, passwords, now, randomBytes }: Server,
  accounts: readonly ExampleAccount[],
): Promise<readonly OpenedAccount[]> {
  const opened = accounts.map((account) => ({ ...account, password: madeUpPassword(randomBytes) }));
  for (const { person, password } of opened) {
    if (weaknessOf(password) !== null) throw new Error('A made-up password is weak');
    const hash = await passwords.hash(person, password);
    if (!hash.ok) throw new Error('Nobody is served yet, and passwords are busy');
    await database.write((tx) => savePassword(tx, authority.id, person, hash.value, now()));
  }
  return opened;
}

function madeUpPassword(randomBytes: Platform['randomBytes']): string {
  const drawn = Array.from(randomBytes(randomLetters), (byte) => letters[byte % letters.length]).join('');
  return `made-up-${drawn.replace(lettersTogether, '$&-')}`;
}
