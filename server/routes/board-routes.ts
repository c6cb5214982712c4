/** The cube of a board viewer: parse, call, answer. Anybody else is answered as if there were no such address. */
import type { RecordId } from '../../src/domain/ids.ts';
import { unitValue } from '../../src/domain/record.ts';
import { mayReadCube } from '../../src/domain/rights.ts';
import { settingsId } from '../../src/domain/unit-names.ts';
import type { RetentionValue } from '../../src/domain/values.ts';
import { cubeRequestSchema, type CubeReply } from '../../src/protocol/board.ts';
import { paths } from '../../src/protocol/sync.ts';
import { findRecord } from '../db/records.ts';
import { readStanding } from '../sync/standing.ts';
import { syncEndpoint, type Api } from './envelope.ts';

export function boardRoutes(api: Api): void {
  const { database, authority, now, log, cube } = api.server;
  syncEndpoint(api, { path: paths.cube, schema: cubeRequestSchema }, async ({ session: { person } }) => {
    const [standing, settings] = await database.read((tx) =>
      Promise.all([
        readStanding(tx, { authority, person, nowMs: now() }),
        findRecord(tx, authority.id, settingsId as RecordId),
      ]),
    );
    if (!mayReadCube(standing)) return { ok: false, problem: { kind: 'not-found' } };
    const laptopDays = unitValue<RetentionValue>(settings?.units ?? {}, 'retention')?.laptopDays ?? null;
    const value: CubeReply = { role: 'board-viewer', laptopDays, ...(await cube.newest()) };
    log({ event: 'cube-told', person });
    return { ok: true, value };
  });
}
