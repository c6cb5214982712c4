/**
 * The way to the council's provider and back. Both are pages that the browser goes to, not requests of the app: they answer with
 * a redirection, at the end to `/signed-in`, with what came of it in the fragment.
 */
import type { FastifyReply } from 'fastify';
import * as v from 'valibot';
import { councilPaths, councilReturn, type CouncilReturn } from '../../src/protocol/session.ts';
import { signInByCouncil } from '../auth/council-account.ts';
import { readGroupRoles } from '../auth/group-roles.ts';
import { knownBrowsers, knownCookie, knownCookieOptions } from '../auth/known-browser.ts';
import { callbackPath, openId } from '../auth/openid.ts';
import { cookieOptions, sessionCookie } from '../auth/sessions.ts';
import { tokenHash } from '../auth/tokens.ts';
import type { Api } from './envelope.ts';

/** Lax, since the provider sends the browser back from another site; good for one sign-in that has begun. */
const tryCookie = '__Host-plumbline-council';
const tryCookieOptions = { path: '/', secure: true, httpOnly: true, sameSite: 'lax', maxAge: 600 } as const;

const startQuery = v.object({ recovers: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/))) });

export function councilRoutes({ app, server, pace }: Api): void {
  const { config, log } = server;
  if (config.openId === null || config.publicAddress === null) return;
  const provider = openId(server, config.openId, config.publicAddress);
  const mapping = config.openId.groupsFile === null ? null : readGroupRoles(config.openId.groupsFile);
  const known = knownBrowsers(server.recoveryKey, server.randomBytes);

  const back = (reply: FastifyReply, came: CouncilReturn): FastifyReply =>
    reply.header('cache-control', 'no-store').redirect(councilReturn(came), 303);

  app.get(councilPaths.start, async (request, reply) => {
    const read = v.safeParse(startQuery, request.query);
    // Sent here from elsewhere, also from another name of the same site, nobody has asked for it. Older browsers do not say.
    const from = request.headers['sec-fetch-site'];
    const isFromHere = from === undefined || from === 'same-origin' || from === 'none';
    if (!read.success || !isFromHere) return back(reply, { refused: 'failed' });
    const { recovers } = read.output;
    const again = recovers === undefined ? {} : { recovers };
    if (!(await pace.mayBegin(request))) return back(reply, { refused: 'failed', ...again });
    const token = request.cookies[sessionCookie];
    const begun = await provider.begin(recovers ?? null, {
      sessionHash: token === undefined ? null : tokenHash(token),
      marks: known.marksIn(request.cookies[knownCookie]),
    });
    if (begun === null) return back(reply, { refused: 'away', ...again });
    void reply.setCookie(tryCookie, begun.browser, tryCookieOptions);
    return reply.header('cache-control', 'no-store').redirect(begun.url, 303);
  });

  app.get(callbackPath, async (request, reply) => {
    const query = new URL(request.url, 'http://localhost').searchParams;
    const answer = await provider.finish(query, request.cookies[tryCookie]);
    void reply.clearCookie(tryCookie, tryCookieOptions);
    const refuse = (refused: CouncilReturn['refused'] & string, recovers: string | null): FastifyReply => {
      log({ event: 'council-sign-in-refused', address: request.ip, why: refused });
      return back(reply, recovers === null ? { refused } : { refused, recovers });
    };
    if (!answer.ok) return refuse(answer.why, answer.recovers);
    const { account, before } = answer;
    const earlier = { earlier: request.cookies[sessionCookie], earlierHash: before.sessionHash };
    const signed = await signInByCouncil(server, { account, mapping, ...earlier });
    if (!signed.ok) return refuse(signed.why, account.recovers);
    log({ event: 'signed-in', person: signed.person });
    void reply.setCookie(sessionCookie, signed.session, cookieOptions);
    const marks = request.cookies[knownCookie] ?? before.marks ?? undefined;
    void reply.setCookie(knownCookie, known.mark(marks, signed.email), knownCookieOptions);
    return back(reply, account.recovers === null ? {} : { recovers: account.recovers });
  });
}
