/** Reads the whole database in one snapshot, beside a running server or not, and answers every damage it finds. Changes nothing. */
import type { AuthorityId } from '../../src/domain/ids.ts';
import { firstServerHead } from '../../src/domain/server-chain.ts';
import { countErased } from '../db/erasure.ts';
import { allRevocations } from '../db/laptops.ts';
import { headAtPlace } from '../db/chain.ts';
import type { Tables, Tx } from '../db/tables.ts';
import { allDecisions, authorityRow, chainLines, recordPages, type AcceptedRow, type TrailLine } from '../db/trail.ts';
import { sha256 } from '../sync/context.ts';
import { checkAnchors, type Anchor, type AnchorsChecked } from './anchors.ts';
import { checkChain, type CheckedChain } from './check-chain.ts';
import { checkRecord } from './check-records.ts';
import { checkRest } from './check-rest.ts';
import type { Finding } from './finding.ts';

export interface Verified extends Pick<CheckedChain, 'entries' | 'tip' | 'epochs'> {
  readonly findings: readonly Finding[];
  readonly records: number;
  /** Audits whose content was erased when its time had passed. */
  readonly erased: number;
  readonly anchors: Pick<AnchorsChecked, 'fits' | 'lost'>;
}

/** null when there is no authority yet. */
export async function verifyDatabase(tx: Tx, anchors: readonly Anchor[]): Promise<Verified | null> {
  const authority = await authorityRow(tx);
  if (authority === undefined) return null;
  const id = authority.id as AuthorityId;
  const decisions = new Map((await allDecisions(tx, id)).map((row) => [`${row.device}/${row.grp} ${row.number}`, row]));
  const revocations = new Map((await allRevocations(tx, id)).map((row) => [`${row.device}/${row.form}`, row]));
  const decided = new Set<string>();
  const revoked = new Set<string>();
  const lines = noting(chainLines(tx, id), decided, revoked);
  const chain = await checkChain(sha256, firstServerHead(sha256, id), lines, { decisions, revocations });
  const records = await checkRecords(tx, id);
  const said = [...revocations.keys()].filter((key) => !revoked.has(key));
  const inserted = said.map((key): Finding => ({ kind: 'inserted', place: null, about: `revocation ${key}` }));
  const rest = await checkRest(tx, sha256, authority, decisions, decided);
  const kept = await checkAnchors(anchors, chain, (place) => headAtPlace(tx, id, place));
  const { fits, lost } = kept;
  const epoch = historyFinding(authority, chain);
  return {
    ...chain,
    records: records.count,
    erased: await countErased(tx, id),
    anchors: { fits, lost },
    findings: [...chain.findings, ...epoch, ...inserted, ...rest, ...records.findings, ...kept.findings],
  };
}

async function* noting(
  lines: AsyncIterable<TrailLine>,
  decided: Set<string>,
  revoked: Set<string>,
): AsyncGenerator<TrailLine> {
  for await (const line of lines) {
    if (line.what === 'decided') decided.add(`${line.subject} ${line.number}`);
    if (line.what === 'revoked') revoked.add(line.subject);
    yield line;
  }
}

/** The history the server says that it has is the one that the chain began last. */
function historyFinding({ epoch }: Tables['authority'], { epochs }: CheckedChain): Finding[] {
  return epochs.at(-1)?.epoch === epoch ? [] : [{ kind: 'edited', place: null, about: `history ${epoch}` }];
}

async function checkRecords(tx: Tx, authority: AuthorityId) {
  const findings: Finding[] = [];
  let count = 0;
  for await (const { records, ops, heads } of recordPages(tx, authority)) {
    const byRecord = new Map<string, AcceptedRow[]>();
    for (const op of ops) byRecord.set(op.record, [...(byRecord.get(op.record) ?? []), op]);
    for (const row of records) findings.push(...checkRecord(sha256, row, byRecord.get(row.id) ?? [], heads));
    count += records.length;
  }
  return { findings, count };
}
