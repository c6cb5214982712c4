/**
 * The real server in a process of its own, serving the built app and, below `/bench`, the pages of this benchmark; it can
 * be filled.
 */
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Units } from '../../../src/domain/record.ts';
import { grant, password, setUpAuthority, type Made, type MadeAuthority } from '../../e2e/support/authority.ts';
import { startCouncilServer, type CouncilServer } from '../../e2e/support/council-server.ts';
import { fill } from '../../e2e/support/fill.ts';
import type { Laptop } from '../../server/client.ts';
import { bundle } from '../page.ts';
import type { Account } from './laptop-page.ts';

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
