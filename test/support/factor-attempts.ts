import type { Attempt } from './attempt.ts';
import { sql } from './database.ts';
import type { Parts } from './lawful-requests.ts';
import { joe } from './service.ts';
import { type OnTrip, watchDatabase } from './storage.ts';
import { addPasskeys } from './stored-factors.ts';

const withFields = (fields: object) => (parts: Parts) => ({ ...parts, fields: { ...fields } });

/** Has another digit at its end. */
const withOtherCode = (parts: Parts) => {
  const code = typeof parts.fields['code'] === 'string' ? parts.fields['code'] : '314159';
  const other = `${code.slice(0, -1)}${(Number(code.slice(-1)) + 5) % 10}`;
  return { ...parts, fields: { ...parts.fields, code: other } };
};

/** Replaces what the browser has said in `passkey`. */
const withPasskey = (more: object) => (parts: Parts) => ({
  ...parts,
  fields: { ...parts.fields, passkey: { ...Object(parts.fields['passkey']), ...more } },
});

const forgetFactors = async () => {
  await sql('DELETE FROM totps');
  await sql('DELETE FROM passkeys');
};

/** Stores the passkey of the request for somebody else. */
async function takePasskey({ fields }: Parts) {
  const { id }: Record<string, unknown> = { ...Object(fields['passkey']) };
  await sql(
    `INSERT OR IGNORE INTO passkeys (id, user_id, name, public_key, counter, backed_up, transports, added_at)
    SELECT ?, id, 'Phone', '{}', 0, 0, '[]', 1 FROM users LIMIT 1`,
    String(id),
  );
}

const fillUp = () =>
  sql(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20)
    INSERT INTO passkeys (id, user_id, name, public_key, counter, backed_up, transports, added_at)
    SELECT 'passkey-' || i || '-of-' || id, id, 'Phone', '{}', 0, 0, '[]', 1 FROM users, n`);

/** Changes the user before the factors are. */
const interfere: OnTrip = async (statements) => {
  if (statements.some((statement) => /^(insert into|delete from) "(totps|passkeys|recovery_codes)"/.test(statement)))
    await sql('UPDATE users SET version = version + 1');
};

const required = { env: { SECOND_FACTOR: 'required' } };

const ofFactors: Record<string, Omit<Attempt, 'applies'>> = {
  'comes from somebody with a second factor': { before: addPasskeys },
  'comes from somebody who has lost all factors': { before: forgetFactors },
  'meets a service that wants second factors': { options: required },
  'has a code that is wrong': { change: withOtherCode },
  'has nothing but a wrong code': { change: withFields({ code: '314159' }) },
  'has a challenge token that is no text': { change: withFields({ challenge_token: 1 }) },
  'has a challenge token that is not ours': { change: withFields({ challenge_token: 'x' }) },
  'has nothing but the passkey of an example': {
    change: withFields({
      passkey: {
        id: 'bm8',
        rawId: 'bm8',
        type: 'public-key',
        response: { clientDataJSON: 'e30', authenticatorData: 'bm8', signature: 'bm8' },
      },
    }),
  },
  'has a passkey that nobody has': { change: withPasskey({ id: 'bm8', rawId: 'bm8' }) },
  'has a passkey that an account has': { before: (_, __, parts) => takePasskey(parts) },
  'comes from somebody with twenty passkeys': { before: fillUp },
  'names a passkey that the account does not have': {
    change: (parts, { path }) => ({ ...parts, path: path.replace('{id}', 'bm8') }),
  },
  'meets others who change the factors': { options: { env: () => watchDatabase(interfere) } },
  'has the right password of somebody with a second factor': {
    before: addPasskeys,
    change: withFields(joe),
  },
};

const paths = ['/auth/login', '/auth/reauthenticate', '/auth/factors'];

/** Attempts at the routes of second factors, and at those of logins. */
export const factorAttempts: Record<string, Attempt> = Object.fromEntries(
  Object.entries(ofFactors).map(([name, attempt]) => [
    name,
    { ...attempt, applies: ({ path }) => paths.some((begin) => path.startsWith(begin)) },
  ]),
);
