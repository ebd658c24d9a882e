import type { D1Migration } from '@cloudflare/vitest-plugin';

declare global {
  namespace Cloudflare {
    interface Env {
      /** On D1 only. The libSQL server is migrated before the tests begin. */
      MIGRATIONS: D1Migration[];
      /** On libSQL only, with TURSO_DATABASE_URL. The control URL does what a client cannot do to its server. */
      TURSO_AUTH_TOKEN: string;
      LIBSQL_CONTROL_URL: string;
    }
  }
}

declare module 'vitest' {
  interface ProvidedContext {
    /** The URL of test/support/mail-stand-in.ts. */
    mailStandIn: string;
    libsql: { TURSO_DATABASE_URL: string; TURSO_AUTH_TOKEN: string; LIBSQL_CONTROL_URL: string };
  }
}
