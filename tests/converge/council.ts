/**
 * A council for tests of restoring: a server on a folder that outlives it, a QA lead, two auditors and a team lead with real
 * laptops, and what a backup is to them. All of it made up.
 */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backUp } from '../../server/backup/back-up.ts';
import { restoreBackup } from '../../server/backup/restore.ts';
import { canonical, type JsonObject } from '../../src/domain/canonical.ts';
import type { RecordId } from '../../src/domain/ids.ts';
import { recordEdits, type Edit } from '../../src/store/record.ts';
import { readRecord } from '../../src/store/view.ts';
import { newId, signIn, type Browser, type Edit as HandEdit, type Laptop as HandLaptop } from '../server/client.ts';
import {
  addPerson,
  firstQaLead,
  grant,
  password,
  service,
  startServer,
  team,
  type TestServer,
} from '../server/example.ts';
import { assertSound } from '../server/sound.ts';
import { realLaptop, type RealLaptop } from './real-laptop.ts';

export interface Council {
  readonly dataDir: string;
  /** The server that runs now. */
  server: TestServer;
  readonly serviceId: string;
  readonly teamId: string;
  /** The QA lead's, two auditors' and the team lead's laptops. */
  readonly quinn: RealLaptop;
  readonly alex: RealLaptop;
  readonly bo: RealLaptop;
  readonly lee: RealLaptop;
  readonly laptops: readonly RealLaptop[];
  /** The browsers of the auditors. */
  readonly browsers: readonly { readonly browser: Browser; readonly email: string }[];
  /** The QA lead by hand, on another laptop of theirs. */
  readonly hand: HandLaptop;
  /** Stops, goes back to a backup by the command (or by copying the file back), and starts again on the same port. */
  restore(file: string, how?: 'command' | 'copy'): Promise<void>;
  /** Starts again on the same folder and port, with these settings too. */
  start(env?: Readonly<Record<string, string>>): Promise<void>;
  backUp(): Promise<string>;
  stop(): Promise<void>;
}

export async function openCouncil(): Promise<Council> {
  const dataDir = mkdtempSync(join(tmpdir(), 'plumbline-council-'));
  const server = await startServer({ dataDir });
  const port = new URL(server.address).port;
  const hand = await firstQaLead(server);
  const [serviceId, teamId] = [newId(), newId()];
  await hand.write(service(serviceId, 'Assessment'), team(teamId, 'Team 1', serviceId));
  const alex = await addPerson(hand, 'Alex', grant('auditor'));
  const bo = await addPerson(hand, 'Bo', grant('auditor'));
  const lee = await addPerson(hand, 'Lee', grant('team-lead', { services: [serviceId] }));
  server.clock.ms += 600_000;
  const clock = () => ({ ms: server.clock.ms });
  const [q, a, b, l] = [
    await realLaptop(hand.browser, hand.session, clock()),
    await realLaptop(alex.browser, alex.session, clock()),
    await realLaptop(bo.browser, bo.session, clock()),
    await realLaptop(lee.browser, lee.session, clock()),
  ];
  let backups = 0;
  const council: Council = {
    dataDir,
    server,
    serviceId,
    teamId,
    quinn: q,
    alex: a,
    bo: b,
    lee: l,
    laptops: [q, a, b, l],
    browsers: [
      { browser: alex.browser, email: 'alex@example.org' },
      { browser: bo.browser, email: 'bo@example.org' },
    ],
    hand,
    async backUp() {
      backups += 1;
      const file = join(dataDir, `backup-${backups}`);
      await backUp(dataDir, file);
      return file;
    },
    async restore(file, how = 'command') {
      const { clock: before, plumbline } = council.server;
      await plumbline.close();
      if (how === 'command') await restoreBackup(dataDir, file, { newId, nowMs: before.ms });
      else {
        for (const end of ['-wal', '-shm']) rmSync(join(dataDir, `plumbline.sqlite${end}`), { force: true });
        copyFileSync(file, join(dataDir, 'plumbline.sqlite'));
      }
      await council.start();
    },
    async start(env = {}) {
      const { ms } = council.server.clock;
      council.server = await startServer({ dataDir, env: { ...env, PORT: port } });
      council.server.clock.ms = ms;
    },
    async stop() {
      // Whatever was restored, offered, held or let in: nobody has laid hands on the database.
      await assertSound(council.server);
      await council.server.plumbline.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  return council;
}

/** Time has passed: sessions are over, and the QA lead and the auditors sign in again. */
export async function signInAnew({ hand, browsers }: Council): Promise<void> {
  for (const { browser, email } of [...browsers, { browser: hand.browser, email: 'quinn@example.org' }]) {
    const { problem } = await signIn(browser, email, password);
    if (problem) throw new Error(`${email}: ${problem.kind}`);
  }
}

/** One action of a laptop's person. An edit without a base stands on what the laptop shows. */
export async function act(laptop: RealLaptop, ...edits: readonly HandEdit[]): Promise<void> {
  laptop.clock.ms += 1_000;
  const based = [];
  for (const edit of edits) {
    const shown = (await readRecord(laptop.store, edit.record as RecordId))?.units[edit.unit];
    based.push({
      base: shown?.pending?.base ?? shown?.confirmed?.op ?? null,
      ...edit,
      value: edit.value as JsonObject,
    } as Edit);
  }
  const saved = await recordEdits(laptop.store, based, 'act');
  if (!saved.ok) throw new Error(JSON.stringify(saved.problem));
}

/** Every laptop syncs, in this order, again and again until all are proved equal and the next round changes nothing. */
export async function settleAll(laptops: readonly RealLaptop[]): Promise<void> {
  let quiet = 0;
  for (let round = 1; quiet < 2; round += 1) {
    const ends = [];
    for (const laptop of laptops) ends.push(await laptop.cycle());
    const isQuiet = ends.every(({ problem, provedEqualMs }) => problem === null && provedEqualMs !== null);
    quiet = isQuiet ? quiet + 1 : 0;
    if (round === 10 && quiet === 0) throw new Error(`Not settled: ${JSON.stringify(ends)}`);
  }
}

/** What the server holds, without the versions, which a restored history gives anew. */
export const recordsOf = ({ server }: Council): string[] =>
  server
    .rows('select id, kind, units from record order by id')
    .map(({ id, kind, units }) => canonical([id as string, kind as string, JSON.parse(units as string) as JsonObject]));

/** The ids of every op that the server has accepted. */
export const acceptedOps = ({ server }: Council): string[] =>
  server
    .rows('select device, seq from op where accepted = 1 order by device, seq')
    .map(({ device, seq }) => `${String(device)}:${String(seq)}`);
