/** What may go wrong when a copy on this laptop is opened. Crosses no wire. */

/** What opening a laptop's copy may answer. */
export type UnlockProblem =
  | { readonly kind: 'wrong-passphrase' }
  | { readonly kind: 'no-such-keyring' }
  | { readonly kind: 'wrong-recovery-secret' }
  /** The passkey that answered is not the one of this copy, or it has none. */
  | { readonly kind: 'wrong-passkey' };

/** What asking a browser for a passkey may answer. */
export type PasskeyProblem =
  /** The person, the browser or the authenticator said no; no page is told which, nor whether there is one. */
  | { readonly kind: 'passkey-refused' }
  /** It signs, and gives no secret to seal with (no PRF extension). */
  | { readonly kind: 'passkey-unsuited' };
