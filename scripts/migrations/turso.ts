import { createClient, type Client } from '@libsql/client/http';
import { findConfigProblems } from '../../src/config/config.ts';

/** Where a libSQL database is, and the token for it. */
export type Turso = { url: string; authToken: string | undefined };

/** What is wrong with `turso`, a sentence each. Shows no value. */
export function findTursoProblems({ url, authToken }: Turso): string[] {
  const problems = findConfigProblems({ TURSO_DATABASE_URL: url, TURSO_AUTH_TOKEN: authToken });
  const found = problems.filter(({ field }) => field.startsWith('TURSO_'));
  if (found.length === 0 && url === '') return ['TURSO_DATABASE_URL is not set.'];
  return found.map(({ field, problem }) => `${field} ${problem}.`);
}

/** A client of the database. It has no connection to close. */
export function openTurso({ url, authToken }: Turso): Client {
  return createClient({ url, fetch: ask, ...(authToken !== undefined && { authToken }) });
}

/** What to print of an error of the database: its message, and the code of its cause. */
export function wordsOfTurso(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code = error.cause instanceof Error && 'code' in error.cause ? ` (${String(error.cause.code)})` : '';
  return error.message + code;
}

/** A statement of a migration may be slow, so the limit is a minute. */
function ask(request: Request): Promise<Response> {
  return fetch(request, { redirect: 'manual', signal: AbortSignal.timeout(60_000) });
}
