import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';
import known from './test/crypto/known-answers.json' with { type: 'json' };

/** Everything that a profile of one's own could set otherwise, and few iterations, so that the suite is quick. */
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
  CORS_ORIGINS: '',
  CORS_HEADERS: '',
  TURSO_DATABASE_URL: '',
  SECRET_KEY: 'C1ShojPE9YbXaPmKGw/EVadl2K9ENfZnKYo9Lq8dEDE=',
  SIGNING_KEYS: JSON.stringify({ keys: known.keys.slice(0, 1) }),
};

/** One runtime for all files, which is twice as quick: test/support/setup.ts cleans up between tests. */
const inWorkerd = { isolate: false, maxWorkers: 1, setupFiles: ['test/support/setup.ts'] };

export default defineConfig({
  test: {
    // On a busy machine, what starts other processes takes its time.
    testTimeout: 30_000,
    coverage: { include: ['src/**/*.ts'], exclude: ['src/env.d.ts'], reporter: ['text'] },
    onConsoleLog: (log) => !log.startsWith('{"level"'),
    projects: [
      {
        extends: true,
        plugins: [
          cloudflareTest(async () => ({
            wrangler: { configPath: './wrangler.toml' },
            miniflare: { bindings: { ...bindings, MIGRATIONS: await readD1Migrations('migrations') } },
          })),
        ],
        test: {
          ...inWorkerd,
          name: 'd1',
          include: ['test/**/*.test.ts'],
          exclude: ['test/scripts/**', 'test/libsql/**'],
        },
      },
      {
        extends: true,
        plugins: [
          cloudflareTest(({ inject }) => ({
            wrangler: { configPath: './wrangler.toml' },
            miniflare: { bindings: { ...bindings, ...inject('libsql') } },
          })),
        ],
        test: {
          ...inWorkerd,
          name: 'libsql',
          include: ['test/{flows,store,libsql}/**/*.test.ts'],
          globalSetup: 'test/support/libsql-server.ts',
        },
      },
      {
        extends: true,
        test: {
          name: 'node',
          include: ['test/scripts/**/*.test.ts'],
          environment: 'node',
          // What they start is mostly wrangler, which takes less time to start when it has been compiled once.
          env: { NODE_COMPILE_CACHE: 'node_modules/.cache/node' },
          // These wait for other processes, so they wait side by side, when the others are done, and longer.
          testTimeout: 120_000,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
