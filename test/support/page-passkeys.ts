import { vi } from 'vitest';

/** A passkey in the memory of the browser. */
type Held = { id: ArrayBuffer; keys: CryptoKeyPair; userHandle: ArrayBuffer; rpId: string };

/** What a page asks the browser for a passkey with. */
type Asked = { publicKey: Record<string, unknown>; signal: AbortSignal; mediation?: string };

export type Browser = ReturnType<typeof startBrowser>;

/**
 * Gives the tests a browser with passkeys at `origin`: it verifies its user, and makes discoverable passkeys with ES256 and
 * without attestation (WebAuthn level 3, sections 5.1 and 6). `asked` is what the pages have asked it. `meanwhile` makes
 * the next requests come to something else, one each. Call `vi.unstubAllGlobals()` after the test.
 */
export function startBrowser({ origin = 'http://localhost', conditional = true } = {}) {
  const held: Held[] = [];
  const asked: Asked[] = [];
  let others: ((asked: Asked) => Promise<unknown>)[] = [];
  const asking = (work: (asked: Asked) => Promise<unknown>) => (request: Asked) => {
    asked.push(request);
    return (others.shift() ?? work)(request);
  };

  const create = asking(async ({ publicKey }) => {
    const { rp, user, challenge, excludeCredentials } = publicKey;
    const rpId = textIn(rp, 'id');
    const excluded = new Set(listOf(excludeCredentials).map((entry) => encode(bytesIn(entry, 'id'))));
    if (held.some(({ id }) => excluded.has(encode(id)))) throw new DOMException('Held.', 'InvalidStateError');
    const keys = await makeKeys();
    const id = crypto.getRandomValues(new Uint8Array(16)).buffer;
    held.push({ id, keys, userHandle: bytesIn(user, 'id'), rpId });
    const authData = join(
      await headOf(rpId, 0x5d),
      attestedOf(id, await crypto.subtle.exportKey('raw', keys.publicKey)),
    );
    const clientDataJSON = clientDataOf('webauthn.create', challenge, origin);
    const response = { clientDataJSON, attestationObject: attestationOf(authData), getTransports: () => ['internal'] };
    return { id: encode(id), rawId: id, type: 'public-key', response };
  });

  const get = asking(async ({ publicKey }) => {
    const { rpId, challenge, allowCredentials } = publicKey;
    const allowed = listOf(allowCredentials).map((entry) => encode(bytesIn(entry, 'id')));
    const fits = (each: Held) => each.rpId === rpId && (allowed.length === 0 || allowed.includes(encode(each.id)));
    const found = held.findLast(fits);
    if (found === undefined) throw new DOMException('None fits.', 'NotAllowedError');
    const clientDataJSON = clientDataOf('webauthn.get', challenge, origin);
    const authenticatorData = await headOf(found.rpId, 0x1d);
    const signed = join(authenticatorData, await crypto.subtle.digest('SHA-256', clientDataJSON));
    const raw = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, found.keys.privateKey, signed);
    const response = { clientDataJSON, authenticatorData, signature: derOf(raw), userHandle: found.userHandle };
    return { id: encode(found.id), rawId: found.id, type: 'public-key', response };
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

/** Bytes in base64url without padding. */
export function encode(bytes: ArrayBuffer): string {
  const binary = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

async function makeKeys(): Promise<CryptoKeyPair> {
  const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  if ('privateKey' in keys) return keys;
  throw new TypeError('That is one key.');
}

function clientDataOf(type: string, challenge: unknown, origin: string): ArrayBuffer {
  const data = { type, challenge: encode(bytesOf(challenge)), origin, crossOrigin: false };
  return join(new TextEncoder().encode(JSON.stringify(data)));
}

/** RP ID hash, `flags` (user present and verified, backed up) and a counter of zero (WebAuthn level 3, section 6.1). */
async function headOf(rpId: string, flags: number): Promise<ArrayBuffer> {
  return join(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(rpId)), [flags, 0, 0, 0, 0]);
}

/** AAGUID of zeros, the id, and the public key `raw`, an uncompressed point, as a COSE key (RFC 9053, section 7.1.1). */
function attestedOf(id: ArrayBuffer, raw: unknown): ArrayBuffer {
  const point = bytesOf(raw);
  const key = [0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32, ...view(point.slice(1, 33))];
  return join(new Uint8Array(16), [0, id.byteLength], id, key, [0x22, 0x58, 32], point.slice(33));
}

/** `{ fmt: "none", attStmt: {}, authData }` in CBOR. */
function attestationOf(authData: ArrayBuffer): ArrayBuffer {
  const text = (value: string) => [0x60 + value.length, ...new TextEncoder().encode(value)];
  const head = [0xa3, ...text('fmt'), ...text('none'), ...text('attStmt'), 0xa0, ...text('authData')];
  return join(head, [0x58, authData.byteLength], authData);
}

/** A signature of two numbers in a row, as browsers give it: an ASN.1 sequence. */
function derOf(raw: ArrayBuffer): ArrayBuffer {
  const numbers = [raw.slice(0, 32), raw.slice(32)].flatMap((half) => {
    const bytes = Array.from(view(half));
    const first = bytes.findIndex((byte) => byte !== 0);
    const short = bytes.slice(first);
    const signed = (short[0] ?? 0) > 127 ? [0, ...short] : short;
    return [2, signed.length, ...signed];
  });
  return join([0x30, numbers.length, ...numbers]);
}

function join(...parts: (ArrayBuffer | Uint8Array | number[])[]): ArrayBuffer {
  return new Uint8Array(parts.flatMap((part) => Array.from(part instanceof ArrayBuffer ? view(part) : part))).buffer;
}

const view = (bytes: ArrayBuffer) => new Uint8Array(bytes);

function bytesOf(value: unknown): ArrayBuffer {
  if (value instanceof ArrayBuffer) return value;
  if (value instanceof Uint8Array) return join(value);
  throw new TypeError('The page has not given bytes.');
}

const bytesIn = (owner: unknown, name: string) => bytesOf(memberOf(owner, name));

function textIn(owner: unknown, name: string): string {
  const value = memberOf(owner, name);
  if (typeof value === 'string') return value;
  throw new TypeError(`The page has not given a text for ${name}.`);
}

const memberOf = (owner: unknown, name: string): unknown => Reflect.get(Object(owner), name);
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
