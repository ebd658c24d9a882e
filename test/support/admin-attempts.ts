import { joe } from './service.ts';
import type { Attempt } from './attempt.ts';
import { sql } from './database.ts';
import { isOfAdmin } from './documented-requests.ts';
import type { Parts } from './lawful-requests.ts';
import { NEWCOMER } from './mailed.ts';
import { type OnTrip, watchDatabase } from './storage.ts';
import { isOfClients, storedClient, storeSecondSecret } from './stored-client.ts';

const makeAdmin = () => sql('UPDATE users SET admin = 1');
const withoutMail = { env: { MAIL_TRANSPORT: 'none' } };
const withFields = (fields: object) => (parts: Parts) => ({ ...parts, fields: { ...fields } });

/** Changes the user or the client before whatever would change it. */
const interfere: OnTrip = async ([first = '']) => {
  if (/^(update|delete from) "users"/.test(first)) await sql('UPDATE users SET version = version + 1');
  if (/^(update|delete from) "clients"/.test(first)) await sql('UPDATE clients SET version = version + 1');
  if (first.startsWith('insert into "challenges"')) await sql('UPDATE users SET disabled_at = 1');
};

const ofAdmin: Record<string, Omit<Attempt, 'applies'>> = {
  'comes from somebody who is no administrator': { isByUser: true },
  'comes from somebody whose session is revoked': {
    isByUser: true,
    before: ({ logOut }, access) => logOut(access),
  },
  'comes from the administrator whom it is about': { isByUser: true, before: makeAdmin },
  'comes from an administrator who asks for a link': {
    isByUser: true,
    before: makeAdmin,
    change: withFields({ delivery: 'link' }),
  },
  'comes from an administrator of a service without mail': { isByUser: true, before: makeAdmin, options: withoutMail },
  'asks for a mail of a service without mail': { change: withFields({ delivery: 'mail' }), options: withoutMail },
  'has the tag of another version': {
    change: (parts) => ({ ...parts, headers: { ...parts.headers, 'if-match': '"another"' } }),
  },
  'has the address of another account': {
    before: ({ register }) => register({ ...joe, email: NEWCOMER }),
    change: withFields({ email: NEWCOMER }),
  },
  'has more than 1 MiB': { change: (parts) => ({ ...parts, body: ' '.repeat(1024 * 1024 + 1) }) },
  'has empty lines only': { change: (parts) => ({ ...parts, body: '\n\n' }) },
  'is about a user who is disabled': { before: () => sql('UPDATE users SET disabled_at = 1') },
  'names a session that the user does not have': {
    change: (parts) => ({ ...parts, path: parts.path.replace(/(sessions\/)[\w-]{36}$/, `$1${crypto.randomUUID()}`) }),
  },
  'has a password that cannot be checked': {
    change: withFields({ email: NEWCOMER, password: joe.password }),
    options: { env: { PASSWORD_BREACH_CHECK: 'fail-closed' } },
  },
  'meets others who change the user or the client': { options: { env: () => watchDatabase(interfere) } },
  'asks for a link, and meets others who disable the user': {
    options: { env: () => watchDatabase(interfere) },
    change: withFields({ delivery: 'link' }),
  },
};

const atClients: Record<string, Omit<Attempt, 'applies'>> = {
  'has the id of another client': { change: withFields({ name: 'Another', client_id: storedClient.id }) },
  'is about a client with two secrets': { before: storeSecondSecret },
  'names a secret that the client does not have': {
    change: (parts) => ({ ...parts, path: parts.path.replace(storedClient.secretId, 'another') }),
  },
};

/** Attempts at the routes of administrators. */
export const adminAttempts: Record<string, Attempt> = {
  ...Object.fromEntries(Object.entries(ofAdmin).map(([name, attempt]) => [name, { ...attempt, applies: isOfAdmin }])),
  ...Object.fromEntries(
    Object.entries(atClients).map(([name, attempt]) => [name, { ...attempt, applies: isOfClients }]),
  ),
  'would take away the last administrator': {
    before: makeAdmin,
    applies: (route) => isOfAdmin(route) || route.name === 'DELETE /auth/user',
  },
};
