import { relative, resolve } from 'node:path';
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin';
import { defineConfig, type Plugin } from 'vitest/config';
import known from './test/crypto/known-answers.json' with { type: 'json' };

/** Every variable and secret, so that no local profile changes the tests. Few iterations keep the suite quick. */
const bindings = {
  ISSUER: 'http://localhost',
  AUDIENCE: 'latchkey',
  ACCESS_TOKEN_TTL_SECONDS: '900',
  REFRESH_IDLE_TTL_SECONDS: '2592000',
  REFRESH_ABSOLUTE_TTL_SECONDS: '7776000',
  REFRESH_GRACE_SECONDS: '10',
  PBKDF2_ITERATIONS: '1000',
  PASSWORD_MIN_LENGTH: '8',
  PASSWORD_MAX_LENGTH: '256',
  PASSWORD_COMMON: 'refuse',
  PASSWORD_BREACH_CHECK: 'off',
  RATE_LIMITS: 'off',
  REGISTRATION: 'open',
  MAIL_TRANSPORT: 'none',
  MAIL_FROM: '',
  MAIL_REPLY_TO: '',
  MAIL_WEBHOOK_URL: '',
  APP_NAME: 'Latchkey',
  MAIL_NOTICES:
    'password_changed, session_revoked, key_created, factor_added, factor_removed, recovery_codes_made, recovery_code_used, account_deleted',
  ACCOUNT_URL: '',
  VERIFICATION_TTL_SECONDS: '86400',
  PASSWORD_RESET_TTL_SECONDS: '3600',
  MAIL_CODE_TTL_SECONDS: '600',
  EMAIL_UNDO_TTL_SECONDS: '604800',
  SECOND_FACTOR: 'optional',
  RP_ID: '',
  PASSKEY_ORIGINS: '',
  CORS_ORIGINS: '',
  CORS_HEADERS: '',
  PLAYGROUND: 'on',
  ALLOW_IN_PRODUCTION: '',
  TURSO_DATABASE_URL: '',
  SECRET_KEY: 'C1ShojPE9YbXaPmKGw/EVadl2K9ENfZnKYo9Lq8dEDE=',
  SIGNING_KEYS: JSON.stringify({ keys: known.keys.slice(0, 1) }),
};

/** One runtime for all files takes half the time of one per file. test/support/setup.ts cleans up between tests. */
const inWorkerd = { isolate: false, maxWorkers: 1, setupFiles: ['test/support/setup.ts'] };

/**
 * Tests whose outcome the database decides run on D1 and on libSQL; all others (input, headers, tokens, keys, rate limits, the
 * log) run on D1 only, because both databases would do the same for them.
 */
const onBothDatabases = {
  include: [
    'test/store/**/*.test.ts',
    'test/flows/{account,admin,event,factor,key,mail,session,login,oauth}/**/*.test.ts',
    'test/flows/service/{clean-up,failures,fuzz,health}.test.ts',
  ],
  exclude: [
    'test/flows/account/{new-passwords,breached-passwords,enumeration,mailed-guesses,pages}.test.ts',
    'test/flows/admin/claim-names.test.ts',
    'test/flows/key/{key-rotation,signing-keys}.test.ts',
    'test/flows/session/{denylist-ttl,hostile-tokens,verify}.test.ts',
    'test/flows/login/{guessing,guesses-per-day}.test.ts',
    'test/flows/oauth/{clients,metadata}.test.ts',
  ],
};

/** Tests in Node. Many start wrangler, which starts faster from compiled code. */
const inNode = (name: string, ...folders: string[]) => ({
  extends: true as const,
  test: {
    name,
    include: folders.map((folder) => `${folder}/**/*.test.ts`),
    environment: 'node' as const,
    env: { NODE_COMPILE_CACHE: 'node_modules/.cache/node' },
    testTimeout: 300_000,
    maxWorkers: 2,
    sequence: { groupOrder: 1 },
  },
});

/** What a deploy replaces, as `alias` in wrangler.toml says. */
const replaced: Record<string, string> = {
  zod: 'src/zod.ts',
  '@asteasolutions/zod-to-openapi': 'src/openapi.ts',
};

/** The service in workerd has the parts of packages that a deploy has. Scripts, which run in Node, have the whole. */
const partsOfPackages: Plugin = {
  name: 'latchkey:parts-of-packages',
  enforce: 'pre',
  resolveId: (source, importer = '') => {
    const part = relative('.', importer).startsWith('scripts') ? undefined : replaced[source];
    return part === undefined ? undefined : resolve(part);
  },
};

export default defineConfig({
  // Tests see the client as it is, built or not.
  resolve: {
    alias: [
      { find: /^latchkey-client$/, replacement: resolve('packages/client/src/index.ts') },
      { find: /^latchkey-client\/admin$/, replacement: resolve('packages/client/src/admin.ts') },
      { find: /^latchkey-client\/machine$/, replacement: resolve('packages/client/src/machine.ts') },
    ],
  },
  test: {
    // Generous: a busy machine takes many times as long as a quiet one, and no test is about speed.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    coverage: { include: ['src/**/*.ts'], exclude: ['src/env.d.ts'], reporter: ['text-summary', 'html'] },
    onConsoleLog: (log) => !log.startsWith('{"level"'),
    projects: [
      {
        extends: true,
        plugins: [
          partsOfPackages,
          cloudflareTest(async () => ({
            wrangler: { configPath: './wrangler.toml' },
            miniflare: { bindings: { ...bindings, MIGRATIONS: await readD1Migrations('migrations') } },
          })),
        ],
        test: {
          ...inWorkerd,
          name: 'd1',
          globalSetup: 'test/support/mail-stand-in.ts',
          include: ['test/**/*.test.ts'],
          exclude: ['test/scripts/**', 'test/smoke/**', 'test/libsql/**', 'test/client/on-node/**'],
        },
      },
      {
        extends: true,
        plugins: [
          partsOfPackages,
          cloudflareTest(({ inject }) => ({
            wrangler: { configPath: './wrangler.toml' },
            miniflare: { bindings: { ...bindings, ...inject('libsql') } },
          })),
        ],
        test: {
          ...inWorkerd,
          name: 'libsql',
          include: ['test/libsql/**/*.test.ts', ...onBothDatabases.include],
          exclude: onBothDatabases.exclude,
          globalSetup: 'test/support/libsql-server.ts',
        },
      },
      // These tests start processes of their own: two files at a time, after the tests in workerd.
      // Verifiers and machines are for Node and for Workers, so their tests run in both.
      inNode('node', 'test/scripts', 'test/client/on-node', 'test/client/verify', 'test/client/machine'),
      // These start the service, or wrangler several times. `npm run smoke` runs them.
      inNode('smoke', 'test/smoke'),
    ],
  },
});
