/** The server's sync calls as typed functions: adds who is asking (protocol: Every request and reply 1) and reads the replies. */
import type { AuthorityId, DeviceId, PersonId, RecordId } from '../../src/domain/ids.ts';
import type { Op } from '../../src/domain/record.ts';
import {
  decideReplySchema,
  heldListReplySchema,
  heldReplySchema,
  type DecideReply,
  type HeldAsked,
  type HeldList,
  type HeldReply,
  type LeadSays,
} from '../../src/protocol/held.ts';
import { cubeReplySchema, type CubeReply } from '../../src/protocol/board.ts';
import { appVersion } from '../../src/protocol/app-version.ts';
import type { Contact } from '../../src/protocol/laptops.ts';
import {
  discloseReplySchema,
  searchReplySchema,
  type DiscloseAsk,
  type DiscloseReply,
  type SearchReply,
} from '../../src/protocol/subject-access.ts';
import { missingListReplySchema, type MissingList } from '../../src/protocol/missing.ts';
import type { Result, SyncProblem } from '../../src/protocol/problem.ts';
import {
  bucketReplySchema,
  bucketsReplySchema,
  knownReplySchema,
  leaveReplySchema,
  missingReplySchema,
  offerReplySchema,
  openReplySchema,
  outcomesReplySchema,
  paths,
  pullReplySchema,
  pushReplySchema,
  recordsReplySchema,
  type BucketReply,
  type BucketsReply,
  type ChainAnchor,
  type ChainPlace,
  type Cursor,
  type KnownReply,
  type MissingOp,
  type OfferReply,
  type OpenReply,
  type OutcomesReply,
  type PullReply,
  type PushReply,
  type RecordsReply,
  type RetainedBox,
} from '../../src/protocol/sync.ts';
import { protocolVersion } from '../../src/protocol/version.ts';
import type { Answer, Transport } from './transport.ts';

type Reply<T> = Promise<Result<Answer<T>, SyncProblem>>;

export interface Remote {
  /** `unsent`: changes here besides these ops. */
  push(
    signal: AbortSignal,
    device: DeviceId,
    ops: readonly Op[],
    cursor: Cursor | null,
    unsent: number,
  ): Reply<PushReply>;
  /** A page of at most `maxBytes`, or of one record. */
  pull(
    signal: AbortSignal,
    device: DeviceId,
    cursor: Cursor | null,
    maxBytes: number,
    acknowledged: number,
    anchor: ChainAnchor | undefined,
    unsent: number,
  ): Reply<PullReply>;
  open(signal: AbortSignal, device: DeviceId, record: RecordId): Reply<OpenReply>;
  buckets(signal: AbortSignal, device: DeviceId): Reply<BucketsReply>;
  bucket(signal: AbortSignal, device: DeviceId, buckets: readonly string[]): Reply<BucketReply>;
  records(signal: AbortSignal, device: DeviceId, records: readonly RecordId[], maxBytes: number): Reply<RecordsReply>;
  held(signal: AbortSignal, device: DeviceId, asked: HeldAsked): Reply<HeldReply>;
  heldList(signal: AbortSignal, device: DeviceId, limit: number): Reply<HeldList>;
  decide(signal: AbortSignal, device: DeviceId, decision: LeadSays): Reply<DecideReply>;
  outcomes(signal: AbortSignal, device: DeviceId, seqs: readonly number[]): Reply<OutcomesReply>;
  known(signal: AbortSignal, device: DeviceId, asked: KnownAsk): Reply<KnownReply>;
  offer(signal: AbortSignal, device: DeviceId, offer: Offer): Reply<OfferReply>;
  /** This laptop is to forget its copy, and has handed over all it had. */
  leave(signal: AbortSignal, device: DeviceId, cursor: Cursor | null, acknowledged: number): Reply<object>;
  missing(signal: AbortSignal, device: DeviceId, missing: readonly MissingOp[]): Reply<object>;
  missingList(signal: AbortSignal, device: DeviceId, limit: number): Reply<MissingList>;
  cube(signal: AbortSignal, device: DeviceId): Reply<CubeReply>;
  searchCase(signal: AbortSignal, device: DeviceId, reference: string): Reply<SearchReply>;
  disclose(signal: AbortSignal, device: DeviceId, ask: DiscloseAsk): Reply<DiscloseReply>;
}

/** What a laptop says of itself when it asks how much the server still knows. */
export interface KnownAsk {
  readonly cursor: Cursor | null;
  readonly acknowledged: number;
  readonly devices: readonly DeviceId[];
}

export interface Offer {
  readonly boxes: readonly RetainedBox[];
  readonly reached?: ChainPlace;
}

export function remoteFor(
  transport: Transport,
  who: { readonly authority: AuthorityId; readonly person: PersonId; readonly keyring: string },
): Remote {
  const { authority, person, keyring } = who;
  const contact = (unsent: number): Contact => ({ keyring, app: appVersion, unsent });
  const asked = (device: DeviceId) => ({ protocol: protocolVersion, authority, person, device });
  const { post } = transport;
  return {
    push: (signal, device, ops, cursor, unsent) =>
      post(signal, paths.push, { ...asked(device), ops, cursor, contact: contact(unsent) }, pushReplySchema),
    pull: (signal, device, cursor, maxBytes, acknowledged, anchor, unsent) => {
      const known = { cursor, maxBytes, acknowledged, ...(anchor === undefined ? {} : { anchor }) };
      return post(signal, paths.pull, { ...asked(device), ...known, contact: contact(unsent) }, pullReplySchema);
    },
    open: (signal, device, record) => post(signal, paths.open, { ...asked(device), record }, openReplySchema),
    buckets: (signal, device) => post(signal, paths.buckets, asked(device), bucketsReplySchema),
    bucket: (signal, device, buckets) => post(signal, paths.bucket, { ...asked(device), buckets }, bucketReplySchema),
    records: (signal, device, records, maxBytes) =>
      post(signal, paths.records, { ...asked(device), records, maxBytes }, recordsReplySchema),
    held: (signal, device, work) => post(signal, paths.held, { ...asked(device), ...work }, heldReplySchema),
    heldList: (signal, device, limit) => post(signal, paths.heldList, { ...asked(device), limit }, heldListReplySchema),
    decide: (signal, device, says) => post(signal, paths.decide, { ...asked(device), ...says }, decideReplySchema),
    outcomes: (signal, device, seqs) => post(signal, paths.outcomes, { ...asked(device), seqs }, outcomesReplySchema),
    known: (signal, device, ask) => post(signal, paths.known, { ...asked(device), ...ask }, knownReplySchema),
    offer: (signal, device, offer) => post(signal, paths.offer, { ...asked(device), ...offer }, offerReplySchema),
    leave: (signal, device, cursor, acknowledged) =>
      post(signal, paths.leave, { ...asked(device), cursor, acknowledged }, leaveReplySchema),
    missing: (signal, device, missing) =>
      post(signal, paths.missing, { ...asked(device), missing }, missingReplySchema),
    cube: (signal, device) => post(signal, paths.cube, asked(device), cubeReplySchema),
    missingList: (signal, device, limit) =>
      post(signal, paths.missingList, { ...asked(device), limit }, missingListReplySchema),
    searchCase: (signal, device, reference) =>
      post(signal, paths.search, { ...asked(device), reference }, searchReplySchema),
    disclose: (signal, device, ask) => post(signal, paths.disclose, { ...asked(device), ...ask }, discloseReplySchema),
  };
}

/** Where the person's events are listened to. */
export const pokesPath = (who: { readonly authority: AuthorityId; readonly person: PersonId }): string =>
  `${paths.pokes}?authority=${who.authority}&person=${who.person}`;
