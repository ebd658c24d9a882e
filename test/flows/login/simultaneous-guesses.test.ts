import { expect, it } from 'vitest';
import { sql } from '../../support/database.ts';
import { startGuessing, STRANGER } from '../../support/guessing.ts';

it('tries no more than ten of a hundred simultaneous guesses from one network', async () => {
  const { register, logIn } = startGuessing();
  await register();
  await sql('DELETE FROM known_networks');
  const guesses = Array.from({ length: 100 }, (_, i) => logIn(`guess number ${i}`, STRANGER));
  await Promise.all(guesses);
  const [row] = await sql('SELECT max(forgotten_at - retry_at) AS ahead FROM login_attempts');
  expect(row).toEqual({ ahead: 10 * 3_600_000 - 60_000 });
});
