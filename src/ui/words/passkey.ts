/** A passkey that opens this laptop's copy. */
export const passkey = {
  title: 'Unlocking with a passkey',
  lead: 'Open this laptop with Windows Hello, Touch ID or a security key instead of typing your passphrase. The passphrase goes on working.',
  add: 'Add a passkey',
  adding: 'Waiting for your passkey',
  passphraseHint: 'Typed once more, so that nobody can add a passkey to a laptop you left open.',
  has: (day: string) => `Added on ${day}. You can unlock with it or with your passphrase.`,
  remove: 'Remove the passkey',
  removeAsk: 'Remove the passkey?',
  removeBody: 'From then on only your passphrase opens this laptop. Make sure that you know it.',
  added: 'The passkey opens this laptop from now on.',
  removed: 'The passkey opens nothing any more.',
};
