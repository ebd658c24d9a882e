import { beforeEach, expect, it } from 'vitest';
import { emptyTables, sql } from '../../support/database.ts';
import { startWithMail, tokenOf } from '../../support/mailbox.ts';
import { operatorToken } from '../../support/operator.ts';
import { bearer, tokensOf } from '../../support/service.ts';

const service = startWithMail();
const { post, logIn, letter, letters } = service;

beforeEach(emptyTables);

const ask = async (path: string, body: object) => post(path, body, bearer(await operatorToken()));

const jane = { email: 'jane@example.org' };
const password = 'seven honest herons';

it('mails an invitation, by which the user chooses a password once', async () => {
  const { status, body } = await ask('/admin/users', { ...jane, locale: 'de', roles: ['editor'] });
  expect(status).toBe(201);
  expect(body['invitation']).toMatchObject({ mailed: true, link: null });
  const invitation = letter('invitation');
  expect(invitation).toMatchObject({ to: jane.email, locale: 'de', proof: { code: undefined } });
  expect(invitation.proof?.expiresInSeconds).toBeGreaterThan(86_000);

  const token = tokenOf(invitation);
  expect((await post('/auth/password/reset/confirm', { token, new_password: password })).status).toBe(200);
  expect((await post('/auth/password/reset/confirm', { token, new_password: password })).status).toBe(400);
  expect(tokensOf(await logIn({ ...jane, password })).access).toBeDefined();
  expect(await sql('SELECT email_verified_at IS NOT NULL AS verified FROM users')).toEqual([{ verified: 1 }]);
});

it('mails nobody who gets a password, or whose address is taken', async () => {
  const before = letters.length;
  expect((await ask('/admin/users', { ...jane, password })).body).toMatchObject({ invitation: null });
  expect((await ask('/admin/users', jane)).status).toBe(409);
  expect(letters).toHaveLength(before);
});

it('mails a reset for an administrator, and says when the address has had its mails', async () => {
  const { body } = await ask('/admin/users', { ...jane, password, admin: true });
  const id = String(Reflect.get(Object(body['data']), 'user_id'));
  const { access } = tokensOf(await logIn({ ...jane, password }));
  const reset = () => post(`/admin/users/${id}/password-reset`, {}, bearer(access));
  const outcomes = [await reset(), await reset(), await reset(), await reset()];
  expect(outcomes.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
  expect(letter('reset_password').to).toBe(jane.email);
  const asked = "SELECT actor, data FROM events WHERE type = 'password_reset_asked'";
  expect(await sql(asked)).toEqual(
    Array.from({ length: 3 }, () => ({ actor: `admin:${id}`, data: '{"delivery":"mail"}' })),
  );
});
