/** A security key that Chromium plays: it makes passkeys with the PRF extension, verifies its person, and can lose them. */
import type { CDPSession, Page } from '@playwright/test';

export interface Authenticator {
  /** How many passkeys it holds. */
  count(): Promise<number>;
  /** As if its person had deleted them all. */
  lose(): Promise<void>;
}

/** Plugs one into a page. `hasPrf`: false for an older one, which signs and gives no secret. */
export async function plugIn(page: Page, hasPrf = true): Promise<Authenticator> {
  const cdp: CDPSession = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
      hasPrf,
    },
  });
  return {
    count: async () => (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length,
    lose: async () => void (await cdp.send('WebAuthn.clearCredentials', { authenticatorId })),
  };
}
