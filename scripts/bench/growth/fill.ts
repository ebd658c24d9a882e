/** Rows of one statement. */
const CHUNK = 50_000;

const DAY_MS = 86_400_000;

/** As long as a real one. Nobody logs in to these accounts. */
const HASH = `$pbkdf2-sha256-split$i=600000,p=$${'s'.repeat(22)}$${'h'.repeat(43)}`;

/** SQL for a UUID: the first 12 of its hex digits, which may be a time, and the random rest. */
const uuid = (start: string, version: 4 | 7) => {
  const rest = 'hex(randomblob(10))';
  return `lower(substr(${start}, 1, 8) || '-' || substr(${start}, 9, 4) || '-${version}' || substr(${rest}, 1, 3)
    || '-a' || substr(${rest}, 1, 3) || '-' || substr(${rest}, 1, 12))`;
};

/** When a session of the filling ended, or will end, in milliseconds from now. */
export type Filling = { users: number; endsInMs: number };

/**
 * Fills `database` with `users` accounts, each with a session, its event and a known network, and a tenth of them with a failed
 * login and a reset of the password, whose mail waits. Users have random ids and addresses. Sessions began in the last
 * 30 days, one after the other. Resets and mails end when the sessions do.
 */
export async function fill(database: D1Database, { users, endsInMs }: Filling): Promise<void> {
  const now = Date.now();
  const run = (sql: string, ...values: (string | number)[]) =>
    database
      .prepare(sql)
      .bind(...values)
      .run();
  for (let from = 0; from < users; from += CHUNK) {
    const to = Math.min(from + CHUNK, users);
    const numbers = `WITH RECURSIVE n(i) AS (SELECT ${from} + 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${to})`;
    const startedAt = `CAST(${now} - 30 * ${DAY_MS} + 30.0 * ${DAY_MS} * rowid / ${users} AS INTEGER)`;
    await run(
      `${numbers} INSERT INTO users (id, email, password_hash, registered_at)
      SELECT ${uuid('hex(randomblob(6))', 4)}, lower(hex(randomblob(8))) || '@example.org', ?, ? FROM n`,
      HASH,
      now,
    );
    await run(
      `INSERT INTO sessions (id, user_id, generation, started_at, expires_at, address_prefix, country, user_agent)
      SELECT ${uuid(`printf('%012x', ${startedAt})`, 7)}, id, 3, ${startedAt}, ?, '203.0.113.0/24', 'AT', 'curl/7.88.1'
      FROM users WHERE rowid > ? AND rowid <= ?`,
      now + endsInMs,
      from,
      to,
    );
    await run(
      `INSERT INTO events (type, at, user_id, actor, session_id, address_prefix, country, user_agent, request_id)
      SELECT 'login', started_at, user_id, 'user', id, address_prefix, country, user_agent, ${uuid('hex(randomblob(6))', 4)}
      FROM sessions WHERE rowid > ? AND rowid <= ?`,
      from,
      to,
    );
    await run(
      `INSERT INTO challenges (id, user_id, purpose, email, user_version, code_expires_at, expires_at)
      SELECT ${uuid('hex(randomblob(6))', 7)}, id, 'reset_password', email, 0, ?, ?
      FROM users WHERE rowid > ? AND rowid <= ? AND rowid % 10 = 0`,
      now + endsInMs,
      now + endsInMs,
      from,
      to,
    );
    await run(`${numbers} INSERT INTO known_networks SELECT hex(randomblob(22)), ? FROM n`, now + 90 * DAY_MS);
    await run(
      `${numbers} INSERT INTO login_attempts SELECT hex(randomblob(22)), ?, ? FROM n WHERE i % 10 = 0`,
      now,
      now + DAY_MS,
    );
    await run(
      `${numbers} INSERT INTO mail_requests
      SELECT hex(randomblob(16)), hex(randomblob(22)), 'reset_password', ? FROM n WHERE i % 10 = 0`,
      now + Math.min(endsInMs, 0),
    );
  }
  await run(
    `INSERT INTO outbox (id, message, email, challenge_id, code_expires_at, expires_at, retry_at)
    SELECT lower(hex(randomblob(16))), purpose, email, id, code_expires_at, expires_at, ? FROM challenges`,
    now + DAY_MS,
  );
}
