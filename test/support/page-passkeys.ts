import { base64url } from 'jose';
import { vi } from 'vitest';
import { concat, FLAG, makeAuthenticator } from './authenticator.ts';

/** A passkey in the memory of the browser. */
type Held = Awaited<ReturnType<typeof makeAuthenticator>> & { rpId: string; userHandle: string };

/** What a page asks the browser for a passkey with. */
type Asked = { publicKey: Record<string, unknown>; signal: AbortSignal; mediation?: string };

/** The user was there and was verified, and the passkey is backed up. */
const FLAGS = FLAG.UP | FLAG.UV | FLAG.BE | FLAG.BS;

/**
 * Gives the tests the API for passkeys of a browser at `origin`, which makes one authenticator for each passkey (WebAuthn
 * level 3, section 5.1). `asked` is what pages have asked it. `meanwhile` makes the next requests come to something else,
 * one each. Call `vi.unstubAllGlobals()` after the test.
 */
export function startBrowser({ origin = 'http://localhost', conditional = true } = {}) {
  const held: Held[] = [];
  const asked: Asked[] = [];
  let others: ((asked: Asked) => Promise<unknown>)[] = [];
  const asking = (work: (options: Record<string, unknown>) => Promise<unknown>) => (request: Asked) => {
    asked.push(request);
    const other = others.shift();
    return other === undefined ? work(request.publicKey) : other(request);
  };

  const create = asking(async ({ rp, user, challenge, excludeCredentials }) => {
    const excluded = idsIn(excludeCredentials);
    if (held.some(({ id }) => excluded.has(id))) throw new DOMException('Held.', 'InvalidStateError');
    const rpId = String(memberOf(rp, 'id'));
    const made = { ...(await makeAuthenticator({ rpId, origin })), rpId, userHandle: textOf(memberOf(user, 'id')) };
    held.push(made);
    const { response } = await made.register(textOf(challenge), { flags: FLAGS | FLAG.AT });
    return { ...identityOf(made.id), response: { ...inBytes(response), getTransports: () => ['internal'] } };
  });

  const get = asking(async ({ rpId, challenge, allowCredentials }) => {
    const allowed = idsIn(allowCredentials);
    const found = held.findLast((each) => each.rpId === rpId && (allowed.size === 0 || allowed.has(each.id)));
    if (found === undefined) throw new DOMException('None fits.', 'NotAllowedError');
    const { response } = await found.authenticate(textOf(challenge), { flags: FLAGS });
    return { ...identityOf(found.id), response: inBytes({ ...response, userHandle: found.userHandle }) };
  });

  vi.stubGlobal('navigator', { credentials: { create, get } });
  vi.stubGlobal('PublicKeyCredential', { isConditionalMediationAvailable: async () => conditional });
  return { asked, held, meanwhile: (...next: typeof others) => void (others = next) };
}

/** Waits as a browser does whose user chooses nothing, until the page gives up. */
export const wait = ({ signal }: Asked): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });

const identityOf = (id: string) => ({ id, rawId: bufferOf(id), type: 'public-key' });

/** The members of a response, as pages get them. */
const inBytes = (response: Record<string, string>) =>
  Object.fromEntries(Object.entries(response).map(([name, text]) => [name, bufferOf(text)]));

const bufferOf = (text: string): ArrayBuffer => new Uint8Array(base64url.decode(text)).buffer;

/** The bytes that a page gives, in base64url. */
function textOf(value: unknown): string {
  if (value instanceof Uint8Array) return base64url.encode(concat(value));
  throw new TypeError('The page has not given bytes.');
}

const idsIn = (list: unknown) =>
  new Set(Array.isArray(list) ? list.map((entry: unknown) => textOf(memberOf(entry, 'id'))) : []);

const memberOf = (owner: unknown, name: string): unknown => Reflect.get(Object(owner), name);
