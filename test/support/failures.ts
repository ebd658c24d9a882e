import { env } from 'cloudflare:workers';
import { RANGE, startRanges } from './ranges.ts';
import { type OnTrip, watchDatabase, watchDenylist } from './storage.ts';

/** What replaces the bindings of a service for as long as `isBroken`. Things that are asked when it is over work. */
type Break = (isBroken: () => boolean) => object | (() => object);

/** Never, for whoever waits. */
const silence = () => new Promise<never>(() => undefined);

/** D1's words when it has no room left. */
const full = () => {
  throw new Error('D1_ERROR: database or disk is full: SQLITE_FULL');
};
const down = (): never => {
  throw new Error('injected');
};

const databaseThat =
  (fail: () => Promise<void> | void, concerns: (sql: string) => boolean = () => true): Break =>
  (isBroken) => {
    const onTrip: OnTrip = async (statements) => {
      if (isBroken() && statements.some(concerns)) await fail();
    };
    return watchDatabase(onTrip);
  };

const denylistThatFailsTo =
  (failing: ('get' | 'put')[], fail: () => Promise<never> | never = down): Break =>
  (isBroken) => ({
    DENYLIST: watchDenylist(({ operation }) => (isBroken() && failing.includes(operation) ? fail() : undefined)),
  });

const limitersThat =
  (fail: () => Promise<never>): Break =>
  (isBroken) => {
    const limiter = { limit: () => (isBroken() ? fail() : Promise.resolve({ success: true })) };
    const names = ['LIMIT_CREDENTIALS', 'LIMIT_ACCOUNT', 'LIMIT_REFRESH', 'LIMIT_OTHER'];
    return { RATE_LIMITS: 'on', ...Object.fromEntries(names.map((name) => [name, limiter])) };
  };

const breachCheckDown =
  (PASSWORD_BREACH_CHECK: 'fail-open' | 'fail-closed'): Break =>
  (isBroken) => {
    startRanges(() => (isBroken() ? Promise.reject(new Error('injected')) : new Response(RANGE)));
    return { PASSWORD_BREACH_CHECK };
  };

/** A variable, secret or binding is another one. */
const wrong =
  (name: keyof Env, value: unknown, rest: object = {}): Break =>
  (isBroken) =>
  () => ({ ...rest, [name]: isBroken() ? value : env[name] });

const unusableKeys = env.SIGNING_KEYS.replace('"x":"f83', '"x":"AAA');

/** Every failure that the service is made for, by the column of the matrix in the README that says what it does then. */
export const failures: { column: string; name: string; break: Break }[] = [
  { column: 'database down', name: 'the database is down', break: databaseThat(down) },
  { column: 'database slow', name: 'the database does not answer', break: databaseThat(silence) },
  {
    column: 'database full',
    name: 'the database is full',
    break: databaseThat(full, (sql) => !/^(select|delete)/.test(sql)),
  },
  { column: 'KV read down', name: 'KV cannot be read', break: denylistThatFailsTo(['get']) },
  { column: 'KV write down', name: 'KV cannot be written', break: denylistThatFailsTo(['put']) },
  { column: 'KV slow', name: 'KV does not answer', break: denylistThatFailsTo(['get', 'put'], silence) },
  { column: 'limiter down', name: 'the rate limiters are down', break: limitersThat(async () => down()) },
  { column: 'limiter down', name: 'the rate limiters do not answer', break: limitersThat(silence) },
  {
    column: 'HIBP down, `fail-open`',
    name: 'Have I Been Pwned is down, which is let pass',
    break: breachCheckDown('fail-open'),
  },
  {
    column: 'HIBP down, `fail-closed`',
    name: 'Have I Been Pwned is down, which is not',
    break: breachCheckDown('fail-closed'),
  },
  { column: 'unusable signing key', name: 'a signing key is none', break: wrong('SIGNING_KEYS', unusableKeys) },
  { column: 'bad secret, missing binding', name: 'SECRET_KEY is too short', break: wrong('SECRET_KEY', 'c2hvcnQ=') },
  { column: 'bad secret, missing binding', name: 'SIGNING_KEYS is no JWKS', break: wrong('SIGNING_KEYS', '{}') },
  { column: 'bad secret, missing binding', name: 'DENYLIST is not bound', break: wrong('DENYLIST', undefined) },
  {
    column: 'bad secret, missing binding',
    name: 'a rate limiter is not bound',
    break: wrong('LIMIT_REFRESH', undefined, { RATE_LIMITS: 'on' }),
  },
  // On libSQL, the binding of D1 is not missed, but the URL.
  {
    column: 'bad secret, missing binding',
    name: 'the database is not bound, or has no URL',
    break: env.TURSO_DATABASE_URL === '' ? wrong('DB', undefined) : wrong('TURSO_DATABASE_URL', 'nowhere'),
  },
];
