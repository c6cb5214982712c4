/** Account calls on the transport. They need no key and no lead: any worker may make them, also before a laptop is open. */
import { laptopPaths, laptopsReplySchema, standingReplySchema } from '../../src/protocol/laptops.ts';
import type { Schema } from '../../src/protocol/parse.ts';
import { enrolmentSchema, type Result, type SyncProblem } from '../../src/protocol/problem.ts';
import {
  accountsReplySchema,
  authorityReplySchema,
  depositedReplySchema,
  invitationReplySchema,
  inviteReplySchema,
  nothingSchema,
  recoverReplySchema,
  sessionPaths,
  sessionSchema,
  type Session,
} from '../../src/protocol/session.ts';
import type { AccountApi } from '../../src/protocol/threads.ts';
import type { Transport } from './transport.ts';

/** `onSignedIn` is told of every sign-in that succeeds, so that a sync that was paused goes on. */
export function accountOn({ post }: Pick<Transport, 'post'>, onSignedIn: (session: Session) => void): AccountApi {
  const never = new AbortController().signal;
  const ask = async <T>(path: string, fields: object, schema: Schema<T>) => {
    const reply = await post(never, path, fields, schema);
    return reply.ok ? ({ ok: true, value: reply.value.value } as const) : reply;
  };
  const signedIn = async (asked: Promise<Result<Session, SyncProblem>>) => {
    const reply = await asked;
    if (reply.ok) onSignedIn(reply.value);
    return reply;
  };
  const nothing = async (path: string, fields: object): Promise<Result<null, SyncProblem>> => {
    const reply = await ask(path, fields, nothingSchema);
    return reply.ok ? { ok: true, value: null } : reply;
  };
  return {
    authority: () => ask(sessionPaths.authority, {}, authorityReplySchema),
    session: () => ask(sessionPaths.session, {}, sessionSchema),
    signIn: (email, password, more) => signedIn(ask(sessionPaths.signIn, { email, password, ...more }, sessionSchema)),
    signOut: () => nothing(sessionPaths.signOut, {}),
    invitation: (token) => ask(sessionPaths.invitation, { token }, invitationReplySchema),
    join: (token, password, profile) =>
      signedIn(ask(sessionPaths.join, { token, password, ...profile }, sessionSchema)),
    invite: (person) => ask(sessionPaths.invite, { person }, inviteReplySchema),
    access: (person, allowed) => nothing(sessionPaths.access, { person, allowed }),
    accounts: () => ask(sessionPaths.accounts, {}, accountsReplySchema),
    changePassword: (password, newPassword, code) =>
      signedIn(
        ask(
          sessionPaths.changePassword,
          { password, newPassword, ...(code === undefined ? {} : { code }) },
          sessionSchema,
        ),
      ),
    beginFactor: (password, code) =>
      ask(sessionPaths.beginFactor, { password, ...(code === undefined ? {} : { code }) }, enrolmentSchema),
    confirmFactor: (code) => nothing(sessionPaths.confirmFactor, { code }),
    removeFactor: (password, code) => nothing(sessionPaths.removeFactor, { password, code }),
    resetFactor: (person) => nothing(sessionPaths.resetFactor, { person }),
    unlinkCouncil: (person) => nothing(sessionPaths.unlinkCouncil, { person }),
    noticed: (atMs) => nothing(sessionPaths.noticed, { atMs }),
    deposit: (copy, secret) => nothing(sessionPaths.deposit, { ...copy, secret }),
    deposited: async (keyring, mark) => {
      const reply = await ask(sessionPaths.deposited, { keyring, mark }, depositedReplySchema);
      return reply.ok ? { ok: true, value: reply.value.isKept } : reply;
    },
    recover: (keyring) => ask(sessionPaths.recover, { keyring }, recoverReplySchema),
    laptops: () => ask(laptopPaths.list, {}, laptopsReplySchema),
    nameLaptop: (device, name) => nothing(laptopPaths.name, { device, name }),
    revokeLaptop: (device, form, reason, password) =>
      nothing(laptopPaths.revoke, { device, form, reason, ...(password === undefined ? {} : { password }) }),
    standing: (asked) => ask(laptopPaths.standing, { ...asked }, standingReplySchema),
    gone: (copy, givenUp) => nothing(laptopPaths.gone, { ...copy, givenUp }),
  };
}
