import { globSync } from 'node:fs';
import { defineConfig } from 'drizzle-kit';

const schema = {
  schema: './src/store/tables/*.ts',
  // npm run db:generate checks what drizzle-kit writes elsewhere before it copies it.
  out: process.env['MIGRATIONS_FOLDER'] ?? './migrations',
  casing: 'snake_case',
} as const;

const { TURSO_DATABASE_URL: url, TURSO_AUTH_TOKEN: authToken } = process.env;

/** Migrations are for D1 and libSQL, so they are generated in the dialect of SQLite, whatever database is in use. */
const isForBoth = process.argv.includes('generate');

/** The D1 of `npm run dev`, for `drizzle-kit studio`. */
const [local = ''] = globSync('.wrangler/state/v3/d1/miniflare-D1DatabaseObject/*.sqlite', {
  exclude: (name) => name.endsWith('metadata.sqlite'),
});

export default defineConfig(
  isForBoth || !url
    ? { ...schema, dialect: 'sqlite', dbCredentials: { url: `file:${local}` } }
    : { ...schema, dialect: 'turso', dbCredentials: { url, ...(authToken && { authToken }) } },
);
