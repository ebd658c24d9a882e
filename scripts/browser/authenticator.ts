import type { Page } from 'playwright-core';

/** A device of its own that keeps passkeys, as Chromium plays it (WebAuthn level 3, section 11). */
const DEVICE = {
  protocol: 'ctap2',
  ctap2Version: 'ctap2_1',
  transport: 'internal',
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
} as const;

export type Authenticator = Awaited<ReturnType<typeof addAuthenticator>>;

/**
 * Gives the page a device that keeps passkeys. It agrees to each request at once, also to one that a real browser offers in
 * a field only.
 */
export async function addAuthenticator(page: Page) {
  const chromium = await page.context().newCDPSession(page);
  await chromium.send('WebAuthn.enable', {});
  const { authenticatorId } = await chromium.send('WebAuthn.addVirtualAuthenticator', { options: DEVICE });
  return {
    /** Whether the device knows its user: by fingerprint, face or PIN. */
    setVerified: (isUserVerified: boolean) =>
      chromium.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
    /** Loses all passkeys, as a phone in a river does. */
    clear: () => chromium.send('WebAuthn.clearCredentials', { authenticatorId }),
    count: async () => (await chromium.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length,
  };
}
