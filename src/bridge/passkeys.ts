/**
 * Passkeys as a lock for this laptop's copy: the browser asks Windows Hello, Touch ID or a security key, and that answers with
 * a secret of its own for the bytes it is shown (WebAuthn Level 3, 10.1.4, the PRF extension). Nothing is sent anywhere and
 * no signature is looked at: who cannot make the secret cannot open the copy.
 */
import type { Result } from '../protocol/problem.ts';
import type { PasskeyProblem } from '../protocol/unlock-problem.ts';
import type { RandomBytes } from '../store/cipher.ts';
import type { NewPasskey, Passkey } from '../store/keyring-entry.ts';

export interface Passkeys {
  /** Whether this browser may have what it takes: it can be known for certain only by trying. */
  mayHave(): Promise<boolean>;
  /** Makes one for the person of this label. `keyring`, 32 hex digits: one made before for the same keyring goes. */
  make(label: string, keyring: string): Promise<Result<NewPasskey, PasskeyProblem>>;
  /** Its secret, 32 bytes: whoever asked sets it to zero afterwards. */
  ask(passkey: Passkey): Promise<Result<Uint8Array<ArrayBuffer>, PasskeyProblem>>;
  /** Tells whoever keeps it that it opens nothing any more, where the browser can. */
  forget(passkey: Passkey): void;
}

export interface PasskeyDeps {
  /** The browser's own, or undefined where it has none. */
  readonly container: CredentialsContainer | undefined;
  readonly kind: typeof PublicKeyCredential | undefined;
  /** The name of this host, which a passkey is bound to. */
  readonly host: string;
  readonly randomBytes: RandomBytes;
}

const challengeBytes = 32;
const askedBytes = 32;
/** Long enough to find a security key in a bag. */
const timeout = 120_000;
/** ES256, and RS256 for older Windows Hello. */
const algorithms = [-7, -257];

const refused = { ok: false, problem: { kind: 'passkey-refused' } } as const;
const unsuited = { ok: false, problem: { kind: 'passkey-unsuited' } } as const;

export function passkeysOn({ container, kind, host, randomBytes }: PasskeyDeps): Passkeys {
  async function ask(
    credential: Uint8Array<ArrayBuffer>,
    asked: Uint8Array<ArrayBuffer>,
  ): Promise<Result<Uint8Array<ArrayBuffer>, PasskeyProblem>> {
    const answered = await orRefused(() =>
      container?.get({
        publicKey: {
          challenge: randomBytes(challengeBytes),
          rpId: host,
          allowCredentials: [{ type: 'public-key', id: credential }],
          userVerification: 'required',
          timeout,
          extensions: { prf: { eval: { first: asked } } },
        },
      }),
    );
    if (answered === null) return refused;
    const secret = secretOf(answered);
    return secret === null ? unsuited : { ok: true, value: secret };
  }

  return {
    async mayHave() {
      if (container === undefined || kind === undefined || isNumbers(host)) return false;
      const capabilities = await kind.getClientCapabilities?.().catch(() => undefined);
      return capabilities?.['extension:prf'] !== false;
    },
    async make(label, keyring) {
      const asked = randomBytes(askedBytes);
      const made = await orRefused(() =>
        container?.create({
          publicKey: {
            challenge: randomBytes(challengeBytes),
            rp: { id: host, name: 'Plumbline' },
            user: {
              id: Uint8Array.from(keyring.match(/../g) ?? [], (pair) => parseInt(pair, 16)),
              name: label,
              displayName: label,
            },
            pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
            authenticatorSelection: { userVerification: 'required', residentKey: 'preferred' },
            attestation: 'none',
            timeout,
            extensions: { prf: { eval: { first: asked } } },
          },
        }),
      );
      if (made === null) return refused;
      if (made.getClientExtensionResults().prf?.enabled !== true) return unsuited;
      const credential = new Uint8Array(made.rawId);
      // Some say it as they are made, the others when they are asked.
      const secret = secretOf(made);
      const answered = secret === null ? await ask(credential, asked) : ({ ok: true, value: secret } as const);
      return answered.ok ? { ok: true, value: { credential, asked, secret: answered.value } } : answered;
    },
    ask: ({ credential, asked }) => ask(credential, asked),
    forget({ credential }) {
      const credentialId = btoa(String.fromCharCode(...credential));
      const urlSafe = credentialId.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
      void kind?.signalUnknownCredential?.({ rpId: host, credentialId: urlSafe }).catch(() => undefined);
    },
  };
}

/** A passkey is bound to a name: an address of numbers can have none. */
const isNumbers = (host: string): boolean => /^[\d.]+$/.test(host) || host.includes(':');

/** What the browser answers; null for a no of any kind. Anything else it throws is a bug. */
async function orRefused(ask: () => Promise<Credential | null> | undefined): Promise<PublicKeyCredential | null> {
  try {
    const answered = await ask();
    return answered instanceof PublicKeyCredential ? answered : null;
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}

function secretOf(credential: PublicKeyCredential): Uint8Array<ArrayBuffer> | null {
  const first = credential.getClientExtensionResults().prf?.results?.first;
  if (first === undefined) return null;
  return first instanceof ArrayBuffer ? new Uint8Array(first) : new Uint8Array(first.buffer as ArrayBuffer);
}
