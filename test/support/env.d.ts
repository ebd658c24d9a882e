import type { D1Migration } from '@cloudflare/vitest-plugin';

declare global {
  namespace Cloudflare {
    interface Env {
      /** For D1: a libSQL server has been migrated when the tests begin. */
      MIGRATIONS: D1Migration[];
      /** For libSQL only, as is TURSO_DATABASE_URL; and where to ask for what a client cannot do to its server. */
      TURSO_AUTH_TOKEN: string;
      LIBSQL_CONTROL_URL: string;
    }
  }
}

declare module 'vitest' {
  interface ProvidedContext {
    libsql: { TURSO_DATABASE_URL: string; TURSO_AUTH_TOKEN: string; LIBSQL_CONTROL_URL: string };
  }
}
