/** All that is held about one case: parse, call, answer. Each search is logged and noted in the trail, never its reference. */
import type { RecordId } from '../../src/domain/ids.ts';
import { mayDisclose } from '../../src/domain/rights.ts';
import { settingsId } from '../../src/domain/unit-names.ts';
import type { ServerProblem } from '../../src/protocol/problem.ts';
import { discloseRequestSchema, searchRequestSchema } from '../../src/protocol/subject-access.ts';
import { paths } from '../../src/protocol/sync.ts';
import { noteOpened } from '../db/opened.ts';
import { noteFound } from '../db/subject-access.ts';
import type { SessionRow } from '../db/sessions.ts';
import { disclose } from '../subject-access/disclose.ts';
import { searchCase } from '../subject-access/search.ts';
import type { Asking } from '../sync/context.ts';
import { writeAsServer } from '../sync/pen.ts';
import { readStanding } from '../sync/standing.ts';
import { syncEndpoint, type Api } from './envelope.ts';

const notFound: { readonly ok: false; readonly problem: ServerProblem } = {
  ok: false,
  problem: { kind: 'not-found' },
};

export function subjectAccessRoutes(api: Api): void {
  const { server } = api;
  const { database, log, newId } = server;
  const asking = ({ person }: Pick<SessionRow, 'person'>): Asking => ({
    authority: server.authority,
    person,
    nowMs: server.now(),
  });

  const searchAt = { path: paths.search, schema: searchRequestSchema, keeps: true } as const;
  syncEndpoint(api, searchAt, async ({ input, session }) => {
    const mine = asking(session);
    const answer = await database.read(async (tx) =>
      mayDisclose(await readStanding(tx, mine)) ? searchCase(tx, mine, input.reference) : null,
    );
    if (answer === null) return notFound;
    const [search, audits] = [newId(), answer.total];
    const changes = answer.found.reduce((sum, each) => sum + each.changes, 0);
    const value = { at: mine.nowMs, by: mine.person, audits, changes };
    const note = { record: settingsId as RecordId, kind: 'settings', unit: `search:${search}`, value } as const;
    // Before anything is told: a search that is not noted has not been made.
    const found = answer.found.map(({ record }) => record);
    await database.write(async (tx) => {
      await writeAsServer(tx, mine, newId, [note]);
      await noteFound(tx, server.authority.id, search, found);
    });
    log({ event: 'searched', person: mine.person, search, audits });
    return { ok: true, value: { search, ...answer } };
  });

  syncEndpoint(api, { path: paths.disclose, schema: discloseRequestSchema }, async ({ input, session }) => {
    const mine = asking(session);
    const answer = await database.read(async (tx) =>
      mayDisclose(await readStanding(tx, mine)) ? disclose(tx, mine, input) : null,
    );
    if (answer === null) return notFound;
    const { search, record } = input;
    // Before it is told: whoever reads it all has opened it.
    if (answer.isRecord)
      await database.write((tx) => noteOpened(tx, mine.authority.id, mine.person, record, mine.nowMs));
    log({ event: 'disclosed', person: mine.person, search, record, changes: answer.reply.history.length });
    return { ok: true, value: answer.reply };
  });
}
