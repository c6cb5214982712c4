/** The cube of a board viewer: parse, call, answer. Anybody else is answered as if there were no such address. */
import { mayReadCube } from '../../src/domain/rights.ts';
import { cubeRequestSchema, type CubeReply } from '../../src/protocol/board.ts';
import { paths } from '../../src/protocol/sync.ts';
import { readStanding } from '../sync/standing.ts';
import { syncEndpoint, type Api } from './envelope.ts';

export function boardRoutes(api: Api): void {
  const { database, authority, now, log, cube } = api.server;
  syncEndpoint(api, { path: paths.cube, schema: cubeRequestSchema }, async ({ session: { person } }) => {
    const standing = await database.read((tx) => readStanding(tx, { authority, person, nowMs: now() }));
    if (!mayReadCube(standing)) return { ok: false, problem: { kind: 'not-found' } };
    const value: CubeReply = { role: 'board-viewer', ...(await cube.newest()) };
    log({ event: 'cube-told', person });
    return { ok: true, value };
  });
}
