/**
 * A laptop made by hand: speaks the protocol over real HTTP and seals ops as the app does, and, where a test wants it, not as
 * the app would. It keeps no store; what it pulls it keeps in a map.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { JsonObject } from '../../src/domain/canonical.ts';
import { firstHead, leafOf, nextHead, valueHash, type Hash, type OpHeader } from '../../src/domain/chain.ts';
import { recordDigest, sumDigests } from '../../src/domain/digest.ts';
import type { AuthorityId, DeviceId, GroupId, OpId, PersonId, RecordId } from '../../src/domain/ids.ts';
import type { Kind, Op } from '../../src/domain/record.ts';
import type { Stamp } from '../../src/domain/stamp.ts';
import type { ServerProblem } from '../../src/protocol/problem.ts';
import { sessionPaths, type Session } from '../../src/protocol/session.ts';
import {
  paths,
  unlockedHeader,
  type Cursor,
  type Envelope,
  type PullReply,
  type PushReply,
  type SentRecord,
} from '../../src/protocol/sync.ts';
import { protocolVersion } from '../../src/protocol/version.ts';

export const hash: Hash = (text) => createHash('sha256').update(text, 'utf8').digest('hex');
export const newId = (): string => randomBytes(16).toString('hex');

/** A reply, with what a test may want to look at besides its envelope. */
export interface Reply<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly envelope: Envelope;
  readonly body: T;
  readonly problem: ServerProblem | undefined;
}

/** A browser without a page: keeps the session's cookie and speaks to one server. */
export interface Browser {
  readonly address: string;
  cookie: string | undefined;
  post<T>(path: string, fields: object, headers?: Readonly<Record<string, string>>): Promise<Reply<T>>;
}

export function openBrowser(address: string): Browser {
  const browser: Browser = {
    address,
    cookie: undefined,
    async post(path, fields, headers = {}) {
      const response = await fetch(new URL(path, address), {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-plumbline': '1',
          ...(browser.cookie === undefined ? {} : { cookie: browser.cookie }),
          ...headers,
        },
        body: JSON.stringify({ nonce: newId(), ...fields }),
      });
      const [cookie] = response.headers.getSetCookie();
      if (cookie !== undefined) browser.cookie = cookie.split(';')[0];
      const envelope = (await response.json()) as Envelope;
      const { status, headers: got } = response;
      return { status, headers: got, envelope, body: envelope.body as never, problem: envelope.problem };
    },
  };
  return browser;
}

/** Uses the invitation of a link (`/join#token`, or with the address before it). */
export function join(
  browser: Browser,
  link: string,
  password: string,
  profile: { readonly name?: string; readonly email?: string } = {},
): Promise<Reply<Session>> {
  return browser.post(sessionPaths.join, { token: link.slice(link.indexOf('#') + 1), password, ...profile });
}

export const signIn = (
  browser: Browser,
  email: string,
  password: string,
  more: { readonly recovers?: string } = {},
): Promise<Reply<Session>> => browser.post(sessionPaths.signIn, { email, password, ...more });

/** One unit given a new value. */
export interface Edit {
  readonly record: string;
  readonly kind: Kind;
  readonly unit: string;
  readonly value: object;
  readonly base?: OpId | null;
  readonly settles?: readonly OpId[];
  readonly claimed?: Stamp;
}

export interface Laptop {
  readonly browser: Browser;
  readonly session: Session;
  readonly device: DeviceId;
  /** Seq and head after the last sealed op; a test may set them back to make a fork. */
  seq: number;
  head: string;
  /** What shows that this copy is unlocked, once a test says so. */
  proof: string | undefined;
  cursor: Cursor | null;
  readonly records: Map<string, SentRecord>;
  /** Seals one group and moves the chain on. `header` overrides what an honest laptop would say. */
  seal(edits: readonly Edit[], header?: Partial<OpHeader>): Op[];
  push(ops: readonly Op[], fields?: object): Promise<Reply<PushReply>>;
  /** Seals and pushes one group. */
  write(...edits: readonly Edit[]): Promise<Reply<PushReply>>;
  ask<T>(path: string, fields?: object): Promise<Reply<T>>;
  /** Pulls to the end; answers the last page. */
  pull(): Promise<PullReply>;
  /** Count and digest of what has been pulled, computed here. */
  total(): { readonly count: number; readonly digest: string };
}

export function openLaptop(browser: Browser, session: Session, device: string = newId()): Laptop {
  const request = { protocol: protocolVersion, authority: session.authority, person: session.person, device };
  const laptop: Laptop = {
    browser,
    session,
    device: device as DeviceId,
    seq: 0,
    head: firstHead(hash, device as DeviceId),
    proof: undefined,
    cursor: null,
    records: new Map(),
    seal(edits, override = {}) {
      const group = newId() as GroupId;
      return edits.map((edit) => {
        const header: OpHeader = {
          authority: session.authority as AuthorityId,
          person: session.person as PersonId,
          device: laptop.device,
          seq: (laptop.seq += 1),
          group,
          groupSize: edits.length,
          record: edit.record as RecordId,
          kind: edit.kind,
          unit: edit.unit,
          claimed: edit.claimed ?? { ms: Date.now(), count: laptop.seq },
          base: edit.base ?? null,
          settles: edit.settles ?? [],
          ...override,
        };
        const salt = newId();
        const leaf = leafOf(hash, header, valueHash(hash, salt, edit.value));
        const op: Op = { ...header, value: edit.value as JsonObject, salt, leaf, prev: laptop.head };
        laptop.head = nextHead(hash, laptop.head, leaf);
        return op;
      });
    },
    push: (ops, fields = {}) => laptop.ask(paths.push, { ops, ...fields }),
    write: (...edits) => laptop.push(laptop.seal(edits)),
    ask: (path, fields = {}) =>
      browser.post(
        path,
        { ...request, ...fields },
        laptop.proof === undefined ? {} : { [unlockedHeader]: laptop.proof },
      ),
    async pull() {
      for (;;) {
        const { body, problem } = await laptop.ask<PullReply>(paths.pull, { cursor: laptop.cursor });
        if (problem) throw new Error(`pull: ${problem.kind}`);
        for (const record of body.records) laptop.records.set(record.id, record);
        laptop.cursor = body.cursor;
        if (body.last) return body;
      }
    },
    total: () => {
      const digests = [...laptop.records.values()].map(({ id, units }) => recordDigest(hash, id, units));
      return { count: digests.length, digest: sumDigests(digests) };
    },
  };
  return laptop;
}
