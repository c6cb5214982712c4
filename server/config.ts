/**
 * The settings of a server, read once at start from the environment. A setting that cannot be right stops the start with
 * a sentence that says what to change.
 */
import { join } from 'node:path';
import * as v from 'valibot';
import { anchorsName } from './backup/data-folder.ts';
import type { OpenIdConfig } from './auth/openid.ts';
import { roleNames, type RoleName } from '../src/domain/values.ts';

const optionalText = v.optional(v.pipe(v.string(), v.trim()), '');

const portText = v.pipe(v.string(), v.regex(/^\d{1,5}$/), v.transform(Number), v.maxValue(65_535));

const environment = v.object({
  PORT: v.optional(portText, '3000'),
  HOST: v.optional(v.pipe(v.string(), v.trim(), v.minLength(1)), '127.0.0.1'),
  DATA_DIR: v.optional(v.pipe(v.string(), v.minLength(1)), 'data'),
  DATABASE_URL: v.optional(v.union([v.literal(''), v.pipe(v.string(), v.regex(/^postgres(ql)?:\/\//), v.url())]), ''),
  RECOVERY_KEY_FILE: optionalText,
  SERVER_KEY_FILE: optionalText,
  ANCHORS_FILE: optionalText,
  DIST_DIR: v.optional(v.pipe(v.string(), v.minLength(1)), 'dist'),
  AUTHORITY_NAME: v.optional(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(120)), 'Your council'),
  ACCESSIBILITY_CONTACT: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(200)), ''),
  ADMIN_EMAIL: optionalText,
  ADMIN_NAME: optionalText,
  TLS_CERT: optionalText,
  TLS_KEY: optionalText,
  SECOND_FACTOR_FOR: optionalText,
  OIDC_ISSUER: v.optional(v.union([v.literal(''), v.pipe(v.string(), v.url())]), ''),
  OIDC_CLIENT_ID: optionalText,
  OIDC_CLIENT_SECRET: optionalText,
  OIDC_SCOPE: v.optional(v.pipe(v.string(), v.trim(), v.minLength(1)), 'openid profile email'),
  OIDC_GROUPS_CLAIM: v.optional(v.pipe(v.string(), v.trim(), v.minLength(1)), 'groups'),
  OIDC_GROUPS_FILE: optionalText,
  PUBLIC_ADDRESS: v.optional(v.union([v.literal(''), v.pipe(v.string(), v.url())]), ''),
  METRICS_PORT: v.optional(v.union([v.literal(''), portText]), ''),
  METRICS_HOST: v.optional(v.pipe(v.string(), v.trim(), v.minLength(1)), '127.0.0.1'),
  BEHIND_PROXY: v.optional(v.picklist(['', '0', '1']), ''),
  SERVICE_WORKER: v.optional(v.picklist(['', 'on', 'off']), ''),
});

/** What a setting is called. */
export const settingNames: readonly string[] = Object.keys(environment.entries);

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  /** The PostgreSQL to use (postgres://...); null for the SQLite file in `dataDir`. */
  readonly databaseUrl: string | null;
  /** The key of the recovery secrets, when it is not in `dataDir`: several servers on one database need the same. */
  readonly recoveryKeyFile: string | null;
  /** The key that opens what laptops retain, likewise. */
  readonly serverKeyFile: string | null;
  /** Where the head of the chain is noted each day. */
  readonly anchorsFile: string;
  /** The folder with the built app; relative to the program's own folder. */
  readonly appDir: string;
  readonly authorityName: string;
  /** Whom the accessibility statement names; null for nobody. */
  readonly accessibilityContact: string | null;
  /** The first QA lead, when the one who installs says it; otherwise they say it themselves when joining. */
  readonly admin: { readonly email: string; readonly name: string } | null;
  readonly tls: { readonly cert: string; readonly key: string } | null;
  readonly behindProxy: boolean;
  /** The council's own accounts; null where people sign in with a password alone. */
  readonly openId: OpenIdConfig | null;
  /** Whoever has one of these roles signs in with a second factor. */
  readonly secondFactorFor: readonly RoleName[];
  /** The address people open, when it is not the one listened on: printed with the first link. */
  readonly publicAddress: string | null;
  /** The app is taken off laptops: what they have installed goes, and no work with it (docs/deploy.md). */
  readonly serviceWorkerOff: boolean;
  /** Where the figures about the process are had (`watch/metrics`), in plain http; null for nowhere. */
  readonly metrics: { readonly port: number; readonly host: string } | null;
}

/** What the start stops with, as a sentence for the person who starts it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** The same, when a key file is gone or is not the one that the database knows: the two do not belong together. */
export class KeyMismatch extends ConfigError {}

/** Reads the settings. Throws a ConfigError. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const read = v.safeParse(environment, env, { abortEarly: true });
  if (!read.success) {
    const issue = read.issues[0];
    throw new ConfigError(`The setting ${v.getDotPath(issue) ?? '?'} is not usable: ${issue.message}.`);
  }
  const { PORT, HOST, DATA_DIR, DIST_DIR, AUTHORITY_NAME, ADMIN_EMAIL, ADMIN_NAME, TLS_CERT, TLS_KEY } = read.output;
  if ((TLS_CERT === '') !== (TLS_KEY === '')) {
    throw new ConfigError('TLS_CERT and TLS_KEY go together: give the paths of both the certificate and its key.');
  }
  if ((ADMIN_EMAIL === '') !== (ADMIN_NAME === '')) {
    throw new ConfigError('ADMIN_EMAIL and ADMIN_NAME go together: give both, or neither.');
  }
  const behindProxy = read.output.BEHIND_PROXY === '1';
  const tls = TLS_CERT === '' ? null : { cert: TLS_CERT, key: TLS_KEY };
  if (!isLoopback(HOST) && tls === null && !behindProxy) {
    throw new ConfigError(
      `Plumbline will not listen on ${HOST} without TLS: browsers refuse to work offline over plain http, and others could read ` +
        'what is sent. Give TLS_CERT and TLS_KEY, or set BEHIND_PROXY=1 when a proxy in front of it does TLS.',
    );
  }
  const secondFactorFor = rolesIn(read.output.SECOND_FACTOR_FOR);
  if (secondFactorFor === null) {
    throw new ConfigError(`SECOND_FACTOR_FOR is a list of roles with commas between them: ${roleNames.join(', ')}.`);
  }
  return {
    port: PORT,
    host: HOST,
    dataDir: DATA_DIR,
    databaseUrl: read.output.DATABASE_URL || null,
    recoveryKeyFile: read.output.RECOVERY_KEY_FILE || null,
    serverKeyFile: read.output.SERVER_KEY_FILE || null,
    anchorsFile: read.output.ANCHORS_FILE || join(DATA_DIR, anchorsName),
    appDir: DIST_DIR,
    authorityName: AUTHORITY_NAME,
    accessibilityContact: read.output.ACCESSIBILITY_CONTACT || null,
    admin: ADMIN_EMAIL === '' ? null : { email: ADMIN_EMAIL, name: ADMIN_NAME },
    tls,
    behindProxy,
    secondFactorFor,
    openId: openIdOf(read.output),
    publicAddress: read.output.PUBLIC_ADDRESS || null,
    serviceWorkerOff: read.output.SERVICE_WORKER === 'off',
    metrics:
      read.output.METRICS_PORT === '' ? null : { port: read.output.METRICS_PORT, host: read.output.METRICS_HOST },
  };
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);

/** The roles of a list with commas; null when one of them is none. */
function rolesIn(text: string): readonly RoleName[] | null {
  const named = text.split(',').map((name) => name.trim());
  if (text === '') return [];
  const roles = roleNames.filter((role) => named.includes(role));
  return roles.length === named.length ? roles : null;
}

function openIdOf(given: v.InferOutput<typeof environment>): OpenIdConfig | null {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = given;
  if (OIDC_ISSUER === '') return null;
  if (OIDC_CLIENT_ID === '' || OIDC_CLIENT_SECRET === '' || given.PUBLIC_ADDRESS === '') {
    throw new ConfigError(
      'OIDC_ISSUER goes with OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and PUBLIC_ADDRESS: give all four.',
    );
  }
  const { protocol, hostname, pathname } = new URL(OIDC_ISSUER);
  if (protocol !== 'https:' && !isLoopback(hostname)) throw new ConfigError('OIDC_ISSUER has to begin with https://.');
  if (/^\/(common|organizations|consumers)(\/|$)/.test(pathname)) {
    throw new ConfigError(
      'OIDC_ISSUER has to name your own tenant: with "common" anybody with any Microsoft account comes in.',
    );
  }
  return {
    issuer: OIDC_ISSUER,
    clientId: OIDC_CLIENT_ID,
    clientSecret: OIDC_CLIENT_SECRET,
    scope: given.OIDC_SCOPE,
    groupsClaim: given.OIDC_GROUPS_CLAIM,
    groupsFile: given.OIDC_GROUPS_FILE || null,
  };
}
