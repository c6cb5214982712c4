/** The list of laptops, their names, telling one to forget its copy, and what a copy without a key asks and says: parse, call, answer. */
import type { DeviceId, PersonId } from '../../src/domain/ids.ts';
import {
  goneRequestSchema,
  laptopPaths,
  laptopsRequestSchema,
  nameLaptopRequestSchema,
  revokeRequestSchema,
} from '../../src/protocol/laptops.ts';
import { seesAllLaptops } from '../../src/domain/rights.ts';
import { leaveRequestSchema, paths, standingRequestSchema } from '../../src/protocol/sync.ts';
import { revokeLaptop } from '../auth/revoke-laptop.ts';
import { findByKeyring, findLaptop, findRevocation, laptopsOf, saveGone, updateLaptop } from '../db/laptops.ts';
import { hasAllOf, isContradicted } from '../sync/contradiction.ts';
import { readStanding } from '../sync/standing.ts';
import { openEndpoint, sessionEndpoint, syncEndpoint, type Api } from './envelope.ts';
import { withPasswordIfAny } from './with-password.ts';

const notFound = { ok: false, problem: { kind: 'not-found' } } as const;
const done = { ok: true, value: {} } as const;

export function laptopRoutes(api: Api): void {
  const { server } = api;
  const { database, authority, log, now } = server;

  sessionEndpoint(api, { path: laptopPaths.list, schema: laptopsRequestSchema }, async ({ session: { person } }) => ({
    ok: true,
    value: await database.read(async (tx) => {
      const all = seesAllLaptops(await readStanding(tx, { authority, person, nowMs: now() }));
      return { laptops: await laptopsOf(tx, authority.id, all ? null : person) };
    }),
  }));

  // What one's own laptop is called is nobody else's to say.
  const nameAt = { path: laptopPaths.name, schema: nameLaptopRequestSchema };
  sessionEndpoint(api, nameAt, ({ input: { device, name }, session }) =>
    database.write(async (tx) => {
      if ((await findLaptop(tx, authority.id, device))?.person !== session.person) return notFound;
      await updateLaptop(tx, authority.id, device, { name: name.trim() });
      return done;
    }),
  );

  // laptops 2
  const revokeAt = { path: laptopPaths.revoke, schema: revokeRequestSchema };
  sessionEndpoint(api, revokeAt, ({ input, session, request }) => {
    const revoke = async () => ((await revokeLaptop(server, session.person, input)) ? done : notFound);
    // What was not sent is lost with a stolen one: an app that somebody left open is not enough to say so.
    return input.form === 'lost' ? revoke() : withPasswordIfAny(api, request, session, input.password, revoke);
  });

  // laptops 5
  openEndpoint(
    api,
    { path: laptopPaths.standing, schema: standingRequestSchema, door: 'other' },
    async ({ input }) => ({
      ok: true,
      value: await database.read(async (tx) => {
        const laptop = await findByKeyring(tx, authority.id, input.keyring, input.device);
        const revoked = laptop && (await findRevocation(tx, authority.id, laptop.device as DeviceId));
        if (revoked === undefined) return { revoked: null };
        const person = laptop?.person as PersonId;
        const hasAll = await hasAllOf(tx, { authority, person, nowMs: now() }, input);
        return { revoked: { form: revoked.form, atMs: revoked.atMs, hasAll } };
      }),
    }),
  );

  // laptops 6
  openEndpoint(api, { path: laptopPaths.gone, schema: goneRequestSchema, door: 'other' }, async ({ input }) => {
    const { keyring, givenUp } = input;
    // Anybody may ask: it costs a look, and no turn of the one writer.
    const device = await database.read(async (tx) => {
      const laptop = await findByKeyring(tx, authority.id, keyring, input.device);
      if (laptop === undefined || laptop.gone_ms !== null) return null;
      return (await findRevocation(tx, authority.id, laptop.device as DeviceId)) ? laptop.device : null;
    });
    if (device === null) return done;
    const isNew = await database.write((tx) => saveGone(tx, authority.id, device, { nowMs: now(), givenUp }));
    if (isNew) log({ event: 'laptop-gone', device, givenUp });
    return done;
  });

  // laptops 4
  const leave = { path: paths.leave, schema: leaveRequestSchema, gives: true } as const;
  syncEndpoint(api, leave, async ({ input, session }) => {
    const { person }: { readonly person: PersonId } = session;
    const nowMs = now();
    const result = await database.write(async (tx) => {
      const isIt = (await findLaptop(tx, authority.id, input.device))?.person === person;
      if (!isIt || !(await findRevocation(tx, authority.id, input.device))) return notFound;
      if (await isContradicted(tx, { authority, person, nowMs }, input))
        return { ok: false, problem: { kind: 'epoch' } } as const;
      await updateLaptop(tx, authority.id, input.device, { gave_ms: nowMs, unsent: 0, unsent_ms: nowMs });
      return done;
    });
    if (result.ok) log({ event: 'laptop-gave', person, device: input.device });
    return result;
  });
}
