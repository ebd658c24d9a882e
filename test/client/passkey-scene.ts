import { type Fault, respond, sharedStore, startNetwork } from '../support/client.ts';
import { startBrowser } from '../support/page-passkeys.ts';
import { joe } from '../support/service.ts';
import { challengeBody, loginFor, tokensFor } from './tokens.ts';

export const OPTIONS = 'POST /auth/login/passkey/options';
export const LOGIN = 'POST /auth/login/passkey';
export const request = { ...challengeBody.passkey_options, allowCredentials: [] };
export const creation = {
  challenge: 'bmV3',
  rp: { id: 'localhost', name: 'Latchkey' },
  user: { id: 'am9l', name: joe.email, displayName: joe.email },
  pubKeyCredParams: [
    { type: 'public-key', alg: -8 },
    { type: 'public-key', alg: -7 },
  ],
  timeout: 600_000,
  excludeCredentials: [{ type: 'public-key', id: 'AQID', transports: [] }],
  authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  attestation: 'none',
};
export const passkey = { id: 'p1' };
export const added = { status: 'success', recovery_codes: null, ...tokensFor('s1', { acr: 'aal2' }), passkey };
export const give = (data: object) => respond(200, { status: 'success', data });

/** A page whose user is logged in, and what it has sent. */
export async function open() {
  const network = startNetwork();
  const store = sharedStore();
  const latchkey = network.open(store);
  const sent: unknown[] = [];
  const note =
    (body: object): Fault =>
    async (request) => {
      sent.push(JSON.parse(await request.text()));
      return respond(200, body)();
    };
  network.meet(respond(200, loginFor('s1')));
  await latchkey.logIn(joe);
  network.paths.length = 0;
  return { ...network, store, latchkey, sent, note };
}

/** The same, with a passkey in the browser. */
export async function openWithPasskey(browser: Parameters<typeof startBrowser>[0] = {}) {
  const started = startBrowser(browser);
  const page = await open();
  page.meet(give(creation), page.note(added));
  await page.latchkey.addPasskey({ name: 'Phone' });
  page.paths.length = 0;
  started.asked.length = 0;
  page.sent.length = 0;
  return { ...started, ...page };
}

export const bytes = (text: string) => new TextEncoder().encode(text);
