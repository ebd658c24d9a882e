import * as fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { startAdministration } from '../../support/administration.ts';
import { isLibsql, sql } from '../../support/database.ts';

const { find } = startAdministration();
const numRuns = isLibsql ? 40 : 150;

/** Addresses whose beginnings differ in what SQL, LIKE and JSON treat in a way of their own. */
const addresses = [
  'a@example.org',
  'a%@example.org',
  'a_b@example.org',
  'aXb@example.org',
  "a'b@example.org",
  'a*b@example.org',
  'ab@example.com',
  'ab@example.co',
  'ä@example.org',
  '\u{1f511}@example.org',
  'user+tag@mail.example.org',
].map((email) => email.toLowerCase());

const insert = () =>
  Promise.all(
    addresses.map((email, i) =>
      sql(
        `INSERT INTO users (id, email, password_hash, registered_at) VALUES (?, ?, '', ${i})`,
        crypto.randomUUID(),
        email,
      ),
    ),
  );

const domainOf = (email: string) => email.slice(email.indexOf('@'));

/** By Unicode code points, as SQLite compares. */
function byText(one: string, other: string): number {
  const [left, right] = [Array.from(one), Array.from(other)];
  const at = left.findIndex((letter, i) => letter !== right[i]);
  if (at === -1) return left.length - right.length;
  return (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? -1);
}

const part = fc
  .constantFrom(...addresses)
  .chain((email) => fc.nat(email.length).map((end) => Array.from(email).slice(0, end).join('')));
const odd = fc.constantFrom('%', '_', '*', "'", '"', '\\', '\0', '[', "' OR 1=1 --", '\ud800', '\u{10ffff}', '?');
const text = fc
  .tuple(part, fc.oneof({ weight: 2, arbitrary: fc.constant('') }, { weight: 1, arbitrary: odd }))
  .map(([part, odd]) => `${part}${odd}`)
  .filter((text) => text.trim() !== '' && !text.startsWith('@'));

beforeEach(async () => void (await insert()));

describe('a search', () => {
  it('for the beginning of an address finds the addresses that begin so, in their order, and no other', async () => {
    await fc.assert(
      fc.asyncProperty(text, async (text) => {
        const { status, emails } = await find(`email=${encodeURIComponent(text.toWellFormed())}`);
        const expected = addresses.filter((email) => email.startsWith(text.toWellFormed())).toSorted(byText);
        expect({ status, emails }).toEqual({ status: 200, emails: expected });
      }),
      { seed: 1, numRuns },
    );
  });

  it('goes through all pages of a domain without a gap and without a repetition', async () => {
    for (const limit of [1, 2, 5]) {
      const seen: unknown[] = [];
      let after: string | undefined = '';
      while (after !== undefined) {
        const page: Awaited<ReturnType<typeof find>> = await find(`email=%40ex&limit=${limit}${after}`);
        seen.push(...page.emails);
        after = typeof page.next === 'string' ? `&after=${encodeURIComponent(page.next)}` : undefined;
      }
      const expected = addresses.filter((email) => domainOf(email).startsWith('@ex'));
      const inOrder = expected.toSorted((a, b) => byText(domainOf(a), domainOf(b)) || byText(a, b));
      expect(seen).toEqual(inOrder);
    }
  });
});
