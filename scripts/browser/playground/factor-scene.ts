import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { z } from 'zod';
import { assertHidden } from './program-scene.ts';
import { PASSWORD, press, seeResult } from './scene.ts';

const STEP_MS = 30_000;

/** An authenticator app: it shows codes of six digits (RFC 6238). The service takes each step once. */
export type App = { code: () => Promise<string> };

/** An app that has `secret`, in base32. It begins with the step before, and waits when the service would take no code. */
export function createApp(secret: string): App {
  let last = 0;
  return {
    code: async () => {
      const step = Math.max(last + 1, stepNow() - 1);
      while (step > stepNow() + 1) await sleep(500);
      last = step;
      return codeOf(secret, step);
    },
  };
}

const stepNow = () => Math.floor(Date.now() / STEP_MS);

function codeOf(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', decodeBase32(secret)).update(counter).digest();
  const number = mac.readUInt32BE((mac.at(-1) ?? 0) & 0xf) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

function decodeBase32(text: string): Buffer {
  const bits = Array.from(text, (char) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(char).toString(2).padStart(5, '0'),
  );
  const bytes = bits.join('').match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => parseInt(byte, 2)));
}

/** Gives the page an authenticator that has passkeys, and always verifies its user (WebAuthn level 3, section 11). */
export async function addAuthenticator(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

/** Waits until the part "Second factors" says `words`. */
export const see = (page: Page, words: string | RegExp) => seeResult(page, 'factors', words);

/** Waits until the access token has the claims `words`. */
export const seeClaims = (page: Page, words: RegExp) => page.locator('#token-claims', { hasText: words }).waitFor();

/** Sets up an authenticator app, and returns it. */
export async function setUpApp(page: Page): Promise<App> {
  await press(page, 'Set up an authenticator app');
  await see(page, 'Nothing is stored yet.');
  await page.getByAltText('The QR code of the secret').waitFor();
  const secret = await page.locator('#new-app code').first().innerText();
  await assertHidden(page, secret);
  const app = createApp(secret);
  await page.getByLabel('Code that the app shows').fill(await app.code());
  await press(page, 'Confirm the app');
  await see(page, 'Authenticator app set up.');
  assert.equal(((await page.locator('body').textContent()) ?? '').includes(secret), false);
  return app;
}

/** Logs in without the page as somebody who has no second factor yet, sets up an app, and returns it. */
export async function setUpAppElsewhere(url: string, email: string): Promise<App> {
  const ask = async (path: string, fields: object, token?: string): Promise<unknown> => {
    const bearer = token === undefined ? {} : { Authorization: `Bearer ${token}` };
    const headers = { 'Content-Type': 'application/json', ...bearer };
    const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(fields) });
    assert.equal(response.status, 200);
    return response.json();
  };
  const login = await ask('/auth/login', { email, password: PASSWORD });
  const { auth_token: token } = z.object({ auth_token: z.string() }).parse(login);
  const data = z.object({ secret: z.string(), enrolment_token: z.string() });
  const offer = z.object({ data }).parse(await ask('/auth/factors/totp', {}, token)).data;
  const app = createApp(offer.secret);
  await ask('/auth/factors/totp/confirm', { enrolment_token: offer.enrolment_token, code: await app.code() }, token);
  return app;
}

/** Adds a passkey with a name. */
export async function addPasskey(page: Page, name: string): Promise<void> {
  await page.getByLabel('Name of the passkey, or nothing').fill(name);
  await press(page, 'Add a passkey');
  await see(page, 'Passkey set up.');
}

/** The recovery codes that the page shows. */
export async function readCodes(page: Page): Promise<string[]> {
  const codes = (await page.locator('#new-codes code').innerText()).split('\n');
  for (const code of codes) assert.match(code, /^[A-Z2-7]{4}(-[A-Z2-7]{4}){3}$/);
  assert.equal(codes.length, 10);
  return codes;
}

/** Logs out, and waits for the form to log in. */
export async function logOut(page: Page): Promise<void> {
  await press(page, 'Here');
  await page.locator('#login').waitFor();
}
