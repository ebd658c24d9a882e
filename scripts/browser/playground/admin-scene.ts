import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { changeUser } from '../../harness/operator.ts';
import { PASSWORD, press, register, seeResult } from './scene.ts';

/** A program that would be markup on a careless page. */
export const HOSTILE = '<img src=x onerror="document.title=1"><b>bold</b>';

/** Registers somebody new, and makes an administrator of them. Returns the address. */
export async function registerAdmin(page: Page, url: string): Promise<string> {
  const email = await register(page);
  await changeUser(url, email, { admin: true });
  await press(page, 'Who am I?');
  await page.locator('#administration').waitFor();
  return email;
}

/** Registers somebody new with the program `HOSTILE`. Returns the address, which would not stay the same in markup. */
export async function registerElsewhere(url: string): Promise<string> {
  const email = `o'neill&lt${randomUUID()}@gmail.com`;
  assert.equal(await post(`${url}/auth/register`, { email, password: PASSWORD }), 201);
  return email;
}

/** The status of the response to a form that the program `HOSTILE` sends. */
export async function post(url: string, fields: Record<string, string>): Promise<number> {
  const headers = { 'Content-Type': 'application/json', 'User-Agent': HOSTILE };
  return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(fields) })).status;
}

/** Finds the user with the address `email`, and shows it. */
export async function lookAt(page: Page, email: string): Promise<void> {
  await page.getByLabel(/^Beginning of an e-mail/).fill(email.slice(0, 20));
  await press(page, 'Find users');
  await press(page, email);
  await page.locator('#subject-title:focus', { hasText: email }).waitFor();
  await see(page, 'This is the user now.');
}

/** Waits until the part "Administration" says `words`. */
export const see = (page: Page, words: string | RegExp) => seeResult(page, 'administration', words);

/** Waits until the user that is shown has the fields `words`. */
export const seeField = (page: Page, words: RegExp) => page.locator('#subject-fields', { hasText: words }).waitFor();
