/** How long a code is the current one, in seconds (RFC 6238, section 5.2). */
export const TOTP_STEP_SECONDS = 30;

const SECRET_BYTES = 20;
const CODE_DIGITS = 6;
const HMAC_SHA1 = { name: 'HMAC', hash: 'SHA-1' };

/** A new secret: 20 random bytes, as RFC 4226, section 4, recommends. */
export function makeTotpSecret(): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
}

/** The code of `secret` at `step`, which counts 30 seconds from the epoch: six digits (RFC 6238, with SHA-1). */
export async function totpCode(secret: Uint8Array, step: number): Promise<string> {
  const key = await crypto.subtle.importKey('raw', secret, HMAC_SHA1, false, ['sign']);
  const counter = new DataView(new ArrayBuffer(8));
  counter.setBigUint64(0, BigInt(step));
  const mac = new DataView(await crypto.subtle.sign('HMAC', key, counter));
  // The dynamic truncation of RFC 4226, section 5.3.
  const number = mac.getUint32(mac.getUint8(mac.byteLength - 1) & 0xf) & 0x7fffffff;
  return String(number % 10 ** CODE_DIGITS).padStart(CODE_DIGITS, '0');
}

/**
 * The step among the previous, the current and the next one at `at` whose code is `code`. `undefined` when it is of
 * none. Compares with all three, in constant time. Of several, the latest: whoever records it as used refuses them all.
 */
export async function matchTotp(secret: Uint8Array, code: string, at: Date): Promise<number | undefined> {
  const presented = bytesOf(code);
  if (presented.length !== CODE_DIGITS) return undefined;
  const current = Math.floor(at.getTime() / 1000 / TOTP_STEP_SECONDS);
  const steps = [current + 1, current, current - 1];
  const codes = await Promise.all(steps.map((step) => totpCode(secret, step)));
  const matches = codes.map((expected) => crypto.subtle.timingSafeEqual(bytesOf(expected), presented));
  return steps[matches.indexOf(true)];
}

/**
 * The URI that an authenticator app takes `secret` (base32) from, mostly as a QR code. Source: "Key URI Format",
 * github.com/google/google-authenticator/wiki.
 */
export function otpauthUri({ secret, issuer, account }: { secret: string; issuer: string; account: string }): string {
  const name = encodeURIComponent(issuer);
  const parameters = `secret=${secret}&issuer=${name}&algorithm=SHA1&digits=${CODE_DIGITS}&period=${TOTP_STEP_SECONDS}`;
  return `otpauth://totp/${name}:${encodeURIComponent(account)}?${parameters}`;
}

const bytesOf = (text: string) => new TextEncoder().encode(text);
