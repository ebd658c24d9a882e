import { sql, type SQLWrapper } from 'drizzle-orm';

/** What a browser is told about a passkey that it may use. */
export type PasskeyHint = { id: string; transports: string[] };

/** What a user has beside the password. `passkeys` are in the order in which they were added. */
export type LoginFactors = { hasTotp: boolean; passkeys: PasskeyHint[]; recoveryCodes: number };

/** The factors of the user `userId`, as columns of a selection. */
export function factorColumns(userId: SQLWrapper) {
  // As in `hasFactor`: within a nested expression, a column keeps the name of its table. Passkeys have an `id` too.
  const user = sql`${userId}`;
  return {
    hasTotp: sql`EXISTS (SELECT 1 FROM totps WHERE totps.user_id = ${user})`.mapWith(Boolean).as('has_totp'),
    passkeys: sql`(SELECT json_group_array(json_object('id', id, 'transports', json(transports))) FROM (
      SELECT id, transports FROM passkeys WHERE passkeys.user_id = ${user} ORDER BY passkeys.added_at, passkeys.id))`
      .mapWith(parseHints)
      .as('hints'),
    recoveryCodes: sql`(SELECT count(*) FROM recovery_codes WHERE recovery_codes.user_id = ${user})`
      .mapWith(Number)
      .as('recovery_codes'),
  };
}

/** What the selection has written as JSON itself. */
function parseHints(json: string): PasskeyHint[] {
  const hints: unknown = JSON.parse(json);
  return Array.isArray(hints) ? hints.filter(isHint) : [];
}

function isHint(value: unknown): value is PasskeyHint {
  return typeof value === 'object' && value !== null && 'id' in value && 'transports' in value;
}
