import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { attacks, countGuesses } from '../../../scripts/bench/guesses.ts';
import { wire } from '../../../src/wire.ts';
import { sqlValue } from '../../support/database.ts';
import { silent } from '../../support/service.ts';

/** `npm run attack` simulates days, and compares the figures with docs/concepts/guessing-and-floods.md. */
describe('an attacker at full speed', () => {
  const findRetryAt = async () => Number(await sqlValue('SELECT max(retry_at) FROM login_attempts'));
  const setting = { logins: wire(env, silent).logins, findRetryAt, secretKey: env.SECRET_KEY };
  const start = new Date('2026-01-01T00:00:00Z');

  it.each([
    { name: 'one network at one account', hours: 24, guesses: 39 },
    { name: 'any number of networks at one account', hours: 1, guesses: 85 },
    { name: 'one network at any number of accounts', hours: 1, guesses: 165 },
  ] as const)('makes $guesses guesses in $hours h from $name', async ({ name, hours, guesses }) => {
    expect(await countGuesses(setting, attacks[name], { start, hours })).toBe(guesses);
  });
});
