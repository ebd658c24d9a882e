import { sql } from './database.ts';

/** Stores a passkey of every user. Nobody holds its private key. */
export async function addPasskeys(): Promise<void> {
  await sql(`INSERT INTO passkeys (id, user_id, name, public_key, counter, backed_up, transports, added_at)
    SELECT 'passkey-of-' || id, id, 'Phone', '{}', 0, 0, '[]', 1 FROM users`);
}

/** Makes every session one that began with a code of an app. Its next access token says so. */
export async function raiseSessions(): Promise<void> {
  await sql(`UPDATE sessions SET amr = '["pwd","otp","mfa"]'`);
}
