/**
 * What the keyring of this laptop says of each person's copy: whose it is, where its work lives besides, and what opens it. The
 * wrapped keys are in the rows; an entry has nothing secret.
 */
import type { AuthorityId, DeviceId, NewId, PersonId } from '../domain/ids.ts';
import type { Session } from '../protocol/session.ts';
import type { Sealed } from './rows.ts';

/** Where the work of a copy lives besides: on a council's server, nowhere else, or nowhere at all once its page is left. */
export type HomeName = 'server' | 'laptop' | 'example';

/** One person's copy on this laptop. Nothing secret. */
export interface Copy {
  /** 32 hex digits; with a server, the recovery secret is deposited under it. */
  readonly keyring: string;
  readonly home: HomeName;
  readonly authority: AuthorityId;
  readonly authorityName: string;
  readonly person: PersonId;
  /** The sign-in email. The person's name is sealed with everything else. */
  readonly label: string;
  /** Name of the person's database. */
  readonly database: string;
  readonly device: DeviceId;
  readonly createdMs: number;
}

/** Homes that outlive the page, and so have a keyring. */
export type KeptHome = Exclude<HomeName, 'example'>;

/** A copy that opens again with a passphrase. */
export interface KeyringEntry extends Copy {
  readonly home: KeptHome;
  /**
   * Whether the recovery secret is kept elsewhere: the server has it, or the person has shown that they have the code. A laptop
   * is not opened before.
   */
  readonly deposited: boolean;
  /** The passkey that opens it too; null for none. */
  readonly passkey: Passkey | null;
}

/** What has to be shown to a browser so that it asks a passkey for its secret. Nothing secret. */
export interface Passkey {
  readonly credential: Uint8Array<ArrayBuffer>;
  /** 32 bytes, of which the passkey makes the secret (WebAuthn's PRF extension). */
  readonly asked: Uint8Array<ArrayBuffer>;
  readonly addedMs: number;
}

/** A passkey as a browser has just made it, with its secret of 32 bytes: whoever has it sets that to zero afterwards. */
export interface NewPasskey extends Pick<Passkey, 'credential' | 'asked'> {
  readonly secret: Uint8Array<ArrayBuffer>;
}

/** Whose a new copy is. */
export type Owner = Pick<Session, 'authority' | 'authorityName' | 'person' | 'email'>;

/** The data key under one way of opening it. */
export interface Wrapped {
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly box: Sealed;
}

interface PassphraseWrapped extends Wrapped {
  readonly iterations: number;
}

interface PasskeyWrapped extends Wrapped, Passkey {}

/** The data key under a recovery secret. */
export interface ByRecovery {
  readonly byRecovery: Wrapped;
  /** The secret itself, where the server is to hold it, sealed under the data key. */
  readonly ownSecret?: Sealed | undefined;
}

/** What is on the disk. */
export interface KeyringRow extends Omit<KeyringEntry, 'home' | 'passkey'>, ByRecovery {
  /** Absent in rows of builds that knew no other home than a server. */
  readonly home?: KeptHome;
  readonly byPassphrase: PassphraseWrapped;
  readonly byPasskey?: PasskeyWrapped | undefined;
  /** What follows on these, until the server has answered that it holds the new secret. Absent in rows of older builds. */
  readonly renewal?: ByRecovery | undefined;
}

/** An entry for somebody who has none here. */
export function newEntry(
  home: KeptHome,
  { authority, authorityName, person, email }: Owner,
  newId: NewId,
  createdMs: number,
): KeyringEntry {
  const keyring = newId();
  const device = newId() as DeviceId;
  return {
    keyring,
    home,
    authority,
    authorityName,
    person,
    label: email,
    database: `plumbline-${keyring}`,
    device,
    createdMs,
    deposited: false,
    passkey: null,
  };
}

/** What a row says to anybody. */
export function entryOf({
  byPassphrase: _p,
  byRecovery: _r,
  ownSecret: _o,
  renewal: _n,
  byPasskey,
  home = 'server',
  ...entry
}: KeyringRow): KeyringEntry {
  if (byPasskey === undefined) return { ...entry, home, passkey: null };
  const { credential, asked, addedMs } = byPasskey;
  return { ...entry, home, passkey: { credential, asked, addedMs } };
}
