// Better Auth as a Worker: e-mail and password, the bearer and jwt plugins, Drizzle on D1. One instance serves an
// isolate, and it is the minimal build, which is meant for adapters. Everything else has its default, except what would
// disturb a measurement.
import { env } from 'cloudflare:workers';
import { betterAuth } from 'better-auth/minimal';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { bearer, jwt } from 'better-auth/plugins';
import { drizzle } from 'drizzle-orm/d1';
import * as schema from './schema.ts';

/** With KDF=off, a password is stored as it is: the bench measures everything else that a login takes. */
const unhashed = {
  hash: async (password: string) => password,
  verify: async ({ hash, password }: { hash: string; password: string }) => hash === password,
};

const auth = betterAuth({
  baseURL: env.BETTER_AUTH_URL,
  secret: env.BETTER_AUTH_SECRET,
  database: drizzleAdapter(drizzle(env.DB, { schema }), { provider: 'sqlite', schema }),
  emailAndPassword: { enabled: true, ...(env.KDF === 'off' && { password: unhashed }) },
  plugins: [bearer(), jwt()],
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
});

export default { fetch: (request: Request) => auth.handler(request) };
