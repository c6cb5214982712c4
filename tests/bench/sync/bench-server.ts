/**
 * The real server in a process of its own, serving the built app and, below `/bench`, the pages of this benchmark; and a
 * quick way to fill it: records, versions and heads as a push leaves them, without the ops behind them, which no pull reads.
 */
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { opId, type DeviceId, type PersonId, type RecordId } from '../../../src/domain/ids.ts';
import type { Units } from '../../../src/domain/record.ts';
import { advanceTip, findAuthority, readTip, type VersionEntry } from '../../../server/db/authorities.ts';
import { saveRecords, type RecordChange } from '../../../server/db/records.ts';
import { openDatabase } from '../../../server/db/transact.ts';
import { sha256 } from '../../../server/sync/context.ts';
import { recordOf } from '../../../server/sync/full-record.ts';
import { nextTip } from '../../../server/sync/history.ts';
import { grant, password, setUpAuthority, type Made, type MadeAuthority } from '../../e2e/support/authority.ts';
import { startCouncilServer, type CouncilServer } from '../../e2e/support/council-server.ts';
import { newId, type Laptop } from '../../server/client.ts';
import { bundle } from '../page.ts';
import type { Account } from './laptop-page.ts';
import { madeUpAudit, type Place } from './made-up.ts';

export interface BenchServer {
  readonly server: CouncilServer;
  readonly authority: MadeAuthority;
  /** Where the laptop of this benchmark is opened. */
  readonly laptopAddress: string;
  readonly service: Made;
  readonly team: Made;
  /** May do everything there is: reads every audit, and may be the auditor of their own. */
  readonly person: Made & Account;
  /** Another computer of theirs, made by hand. */
  readonly otherLaptop: Laptop;
  /** Adds audits until there are so many. The server is stopped meanwhile. */
  fillTo(audits: number, onRecord?: (id: string, units: Units) => void): Promise<void>;
  remove(): Promise<void>;
}

const scripts = ['laptop-page', 'sync-worker', 'bare-worker'];
const dayMs = 86_400_000;
/** Old enough to be sent as columns, and spread over ten years. */
const [newestAgeMs, oldestAgeMs] = [60 * dayMs, 3_650 * dayMs];
const auditors = 100;
const recordsTogether = 2_000;

export async function startBenchServer(dist?: string): Promise<BenchServer> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-bench-app-'));
  await mkdir(join(folder, 'bench'), { recursive: true });
  // A server serves nothing before there is an app.
  if (dist === undefined) await writeFile(join(folder, 'index.html'), '<!doctype html><title>bench</title>');
  else await cp(dist, folder, { recursive: true });
  for (const name of scripts) {
    const script = await bundle(fileURLToPath(new URL(`./${name}.ts`, import.meta.url)));
    await writeFile(join(folder, 'bench', `${name}.js`), script);
  }
  const page = '<!doctype html><title>bench</title><script type="module" src="/bench/laptop-page.js"></script>';
  await writeFile(join(folder, 'bench', 'laptop.html'), page);

  const server = await startCouncilServer({ DIST_DIR: folder });
  const authority = await setUpAuthority(server);
  const service = await authority.addService('Assessment (made up)');
  const team = await authority.addTeam(service, 'Team North (made up)');
  const made = await authority.addPerson('Pat Person', [grant('qa-lead'), grant('auditor')]);
  const otherLaptop = await authority.laptopOf(made);
  let filled = 0;
  return {
    server,
    authority,
    laptopAddress: `${server.url}/bench/laptop.html`,
    service,
    team,
    person: { ...made, password },
    otherLaptop,
    async fillTo(audits, onRecord) {
      await server.stop();
      await fill(server, { from: filled, to: audits, service: service.id, team: team.id }, onRecord);
      filled = Math.max(filled, audits);
      await server.start();
    },
    async remove() {
      await server.remove();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Filling extends Pick<Place, 'service' | 'team'> {
  readonly from: number;
  readonly to: number;
}

async function fill(
  { folder }: CouncilServer,
  { from, to, ...place }: Filling,
  onRecord: (id: string, units: Units) => void = () => undefined,
): Promise<void> {
  const database = await openDatabase(join(folder, 'plumbline.sqlite'));
  const people = Array.from({ length: auditors }, () => newId() as PersonId);
  const device = newId() as DeviceId;
  const nowMs = Date.now();
  let seq = 0;
  const unitsOf = (number: number, author: PersonId, atMs: number): Units =>
    Object.fromEntries(
      madeUpAudit(number, { ...place, auditor: author }, atMs)
        .flat()
        .map(({ unit, value }) => {
          const stamp = { ms: atMs, count: 0 };
          return [unit, { op: opId(device, (seq += 1)), value, author, stamp, others: [] }];
        }),
    );
  for (let at = from; at < to; at += recordsTogether) {
    await database.write(async (tx) => {
      const authority = await findAuthority(tx);
      if (authority === undefined) throw new Error('A server without an authority cannot be filled');
      let tip = await readTip(tx, authority.id);
      const records: RecordChange[] = [];
      const versions: VersionEntry[] = [];
      for (let number = at; number < Math.min(to, at + recordsTogether); number++) {
        const author = people[number % auditors];
        if (author === undefined) continue;
        const changedMs = nowMs - newestAgeMs - ((number * 7919) % (oldestAgeMs - newestAgeMs));
        const id = newId() as RecordId;
        const units = unitsOf(number, author, changedMs);
        tip = nextTip(sha256, tip, id, units);
        versions.push({ ...tip, record: id });
        records.push({ before: undefined, after: recordOf(id, tip.version, changedMs, { kind: 'audit', units }) });
        onRecord(id, units);
      }
      await saveRecords(tx, authority.id, records);
      await advanceTip(tx, authority.id, versions, tip);
    });
  }
  await database.close();
}
