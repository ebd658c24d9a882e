import { expect, it } from 'vitest';
import { otpauthUri } from '../../src/crypto/totp.ts';
import { toHex } from '../support/authenticator.ts';
import { qrSvg } from '../../src/crypto/qr-svg.ts';

const uri = otpauthUri({ secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', issuer: 'Latchkey', account: 'joe@example.com' });

/** Of the picture that zbarimg, another program, reads as `uri`. */
const SHA256 = 'd530b2037924e81dc98c6909d640abe3eab7fe194416758fe7e70b3dee2fa06d';

it('draws a QR code that apps can read', async () => {
  const svg = await qrSvg(uri);
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(svg));
  expect(toHex(new Uint8Array(digest))).toBe(SHA256);
});

it('draws black on white, with a light margin of four modules', async () => {
  const [, margin, size, , white] =
    /^<svg [^>]*viewBox="(-4 -4) (\d+) (\d+)"[^>]*><rect [^>]*fill="(white)"><\/rect><path [^>]*fill="black"/.exec(
      (await qrSvg(uri)).replace(/ d="[^"]*"/, ''),
    ) ?? [];
  expect([margin, size, white]).toEqual(['-4 -4', '49', 'white']);
});

it('has no script, no text of its own and no address in it', async () => {
  const svg = await qrSvg('"><script>alert(1)</script>&');
  expect(svg).toMatch(
    /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[^<>]*><rect [^<>]*><\/rect><path [^<>]*><\/path><\/svg>$/,
  );
});
