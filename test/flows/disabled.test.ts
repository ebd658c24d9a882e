import { expect, it } from 'vitest';
import readme from '../../README.md?raw';
import { sql } from '../support/database.ts';
import { joe, startService, tokensOf } from '../support/service.ts';

/** What the README tells operators to run, in its order, with the statements that begin like this. */
const commands = (beginning: string) =>
  Array.from(readme.matchAll(/--command "([^"]+)"/g), ([, command = '']) => command).filter((command) =>
    command.startsWith(beginning),
  );

it('ends the sessions of an account that is disabled as the README says, for good', async () => {
  const { register, logIn, status, refresh } = startService();
  const { access, refresh: token } = tokensOf(await register());
  await register({ ...joe, email: 'jane@gmail.com' });
  const [disable = ''] = commands('UPDATE users SET disabled_at');
  const end = commands('UPDATE sessions').find((command) => command.includes('email')) ?? '';
  await sql(disable);
  expect(await status(access)).toMatchObject({ status: 401, body: { code: 'invalid_token' } });
  expect(await refresh(token)).toMatchObject({ status: 401 });
  expect(await logIn()).toMatchObject({ status: 404 });
  await sql(end);
  await sql('UPDATE users SET disabled_at = NULL');
  expect(await status(access)).toMatchObject({ status: 401, body: { code: 'revoked_token' } });
  expect(await refresh(token)).toMatchObject({ status: 401 });
  expect(await logIn()).toMatchObject({ status: 200 });
  expect(await sql('SELECT 1 FROM sessions WHERE revoked_at IS NULL')).toHaveLength(2);
});
