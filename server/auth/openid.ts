/**
 * OpenID Connect with the council's own accounts (Entra ID or any other provider): authorization code with PKCE, state and
 * nonce, checked by openid-client. A sign-in that has begun is kept in the database for ten minutes and one use, and belongs to
 * the browser that began it: a cookie of that browser is half of it.
 */
import * as client from 'openid-client';
import type { CouncilRefusal } from '../../src/protocol/session.ts';
import type { Server } from '../context.ts';
import {
  deleteCouncilTriesBefore,
  insertCouncilTry,
  takeCouncilTry,
  type BrowserBefore,
} from '../db/council-sign-ins.ts';
import { newToken, tokenHash } from './tokens.ts';

export interface OpenIdConfig {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The claim with the groups; Entra ID's app roles are in `roles`. */
  readonly groupsClaim: string;
  readonly scope: string;
  readonly groupsFile: string | null;
}

/** Who has signed in at the council's provider. */
export interface CouncilAccount {
  readonly issuer: string;
  readonly subject: string;
  readonly email: string;
  readonly name: string;
  /** `too-many`: the provider says that there are too many to list. `absent`: it has said nothing of groups. */
  readonly groups: readonly string[] | 'too-many' | 'absent';
  readonly recovers: string | null;
}

/**
 * `refused`: they turned back at the provider, or it does not let them in, as whoever is disabled there. `failed`: not begun
 * here, begun by another browser, too old, used already, or an answer that does not check. `away`: it cannot be reached.
 */
type Refusal = Extract<CouncilRefusal, 'refused' | 'failed' | 'away'>;

export type CouncilAnswer =
  | { readonly ok: true; readonly account: CouncilAccount; readonly before: BrowserBefore }
  /** `recovers`: whose recovery it was begun for, where it was begun here. */
  | { readonly ok: false; readonly why: Refusal; readonly recovers: string | null };

export interface OpenId {
  /** Where to send the browser, and what it has to keep meanwhile; null when the provider cannot be reached. `before` comes back with the answer. */
  begin(
    recovers: string | null,
    before: BrowserBefore,
  ): Promise<{ readonly url: string; readonly browser: string } | null>;
  /** `query`: of the address to which the provider sent the browser back. */
  finish(query: URLSearchParams, browser: string | undefined): Promise<CouncilAnswer>;
}

const tryMs = 10 * 60 * 1000;
export const callbackPath = '/api/session/council/callback';

export function openId(server: Server, config: OpenIdConfig, publicAddress: string): OpenId {
  const { database, authority, now, randomBytes } = server;
  const redirectUri = new URL(callbackPath, publicAddress).href;
  let found: Promise<client.Configuration> | null = null;

  // Asked once; after a failure again the next time somebody signs in.
  function discovered(): Promise<client.Configuration> {
    const issuer = new URL(config.issuer);
    const isHere = issuer.hostname === '127.0.0.1' || issuer.hostname === 'localhost';
    const options = isHere && issuer.protocol === 'http:' ? { execute: [client.allowInsecureRequests] } : {};
    const secret = client.ClientSecretPost(config.clientSecret);
    found ??= client.discovery(issuer, config.clientId, undefined, secret, options).catch((error: unknown) => {
      found = null;
      throw error;
    });
    return found;
  }

  return {
    async begin(recovers, before) {
      const provider = await discovered().catch(() => null);
      if (provider === null) return null;
      const [state, browser, nonce, verifier] = [
        newToken(randomBytes),
        newToken(randomBytes),
        newToken(randomBytes),
        newToken(randomBytes),
      ];
      const nowMs = now();
      await database.write(async (tx) => {
        await deleteCouncilTriesBefore(tx, authority.id, nowMs - tryMs);
        const hashes = { stateHash: tokenHash(state), browserHash: tokenHash(browser) };
        await insertCouncilTry(tx, authority.id, { ...hashes, ...before, nonce, verifier, recovers, begunMs: nowMs });
      });
      const url = client.buildAuthorizationUrl(provider, {
        ...{ redirect_uri: redirectUri, scope: config.scope, state, nonce },
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        // A secret is given to a sign-in made for it, not to one that somebody had left open in the browser.
        // Whoever holds the browser can take this out of the address: `finish` checks when the password was typed.
        ...(recovers === null ? {} : { prompt: 'login', max_age: '0' }),
      });
      return { url: url.href, browser };
    },
    async finish(query, browser) {
      const state = query.get('state') ?? '';
      const begun = await database.write((tx) => takeCouncilTry(tx, authority.id, tokenHash(state)));
      const isOurs = begun !== undefined && browser !== undefined && tokenHash(browser) === begun.browserHash;
      if (!isOurs || now() - begun.begunMs > tryMs) return { ok: false, why: 'failed', recovers: null };
      const provider = await discovered().catch(() => null);
      const { nonce, verifier, recovers } = begun;
      if (provider === null) return { ok: false, why: 'away', recovers };
      const back = new URL(`?${query.toString()}`, redirectUri);
      try {
        const tokens = await client.authorizationCodeGrant(provider, back, {
          ...{ expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true },
          // Not before this sign-in began; without the claim auth_time, not at all.
          ...(recovers === null ? {} : { maxAge: Math.max(0, Math.ceil((now() - begun.begunMs) / 1000)) }),
        });
        const claims = tokens.claims();
        const account = claims === undefined ? null : accountOf(claims, config.groupsClaim, recovers);
        return account === null ? { ok: false, why: 'failed', recovers } : { ok: true, account, before: begun };
      } catch (error) {
        return { ok: false, why: refusalOf(error), recovers };
      }
    },
  };
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof client.AuthorizationResponseError) return 'refused';
  return error instanceof TypeError ? 'away' : 'failed';
}

type Claims = Readonly<Record<string, unknown>> & { readonly iss: string; readonly sub: string };

function accountOf(claims: Claims, groupsClaim: string, recovers: string | null): CouncilAccount | null {
  const text = (name: string): string => (typeof claims[name] === 'string' ? claims[name] : '');
  // The council's own directory says what its people's addresses are; where it says whether one is known to be theirs, it has to be.
  const verified = claims['email_verified'];
  // Some providers send it as text.
  const isTheirs = verified === undefined || verified === true || verified === 'true';
  const said = isTheirs ? text('email') || text('preferred_username') : '';
  if (!/^[^\s@]{1,100}@[^\s@]{1,99}$/.test(said)) return null;
  return {
    ...{ issuer: claims.iss, subject: claims.sub, email: said, name: text('name') || said, recovers },
    groups: groupsOf(claims, groupsClaim),
  };
}

/** Some providers send one group as a string. */
function groupsOf(claims: Claims, groupsClaim: string): CouncilAccount['groups'] {
  const listed = claims[groupsClaim];
  if (typeof listed === 'string') return [listed];
  if (Array.isArray(listed)) return listed.filter((group) => typeof group === 'string');
  // Entra ID, past its limit: a flag, or where to ask for them instead.
  const elsewhere = claims['_claim_names'];
  const isElsewhere = typeof elsewhere === 'object' && elsewhere !== null && groupsClaim in elsewhere;
  return isElsewhere || String(claims['hasgroups']) === 'true' ? 'too-many' : 'absent';
}
