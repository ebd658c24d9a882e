import { env } from 'cloudflare:workers';
import { withMail } from './mailed.ts';
import { RANGE, startRanges } from './ranges.ts';
import type { TestTiming } from './service.ts';
import { type OnTrip, watchDatabase, watchDenylist } from './storage.ts';

/** Makes the bindings of a service that fails as long as `isBroken()`. */
type Break = (isBroken: () => boolean) => object | (() => object);

/** A failure that the service is made for. */
export type Failure = {
  /** The column of the failure matrix that says what the service does then. */
  column: string;
  /** Completes the sentence "while …". */
  name: string;
  break: Break;
  /** The deadlines that the failure runs into, shortened. */
  timing?: Partial<TestTiming>;
  /**
   * Whether libSQL fails in its own way, so that the tests have to run there too. test/libsql breaks the connection.
   */
  isOfDatabase?: boolean;
};

const neverRespond = () => new Promise<never>(() => undefined);

/** Fails in the words of a D1 that has no room left. */
const failFull = (): never => {
  throw new Error('D1_ERROR: database or disk is full: SQLITE_FULL');
};
const fail = (): never => {
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
  (failing: ('get' | 'put')[], failure: () => Promise<never> | never = fail): Break =>
  (isBroken) => ({
    DENYLIST: watchDenylist(({ operation }) => (isBroken() && failing.includes(operation) ? failure() : undefined)),
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

/** Replaces a variable, secret or binding by `value`. */
const wrong =
  (name: keyof Env, value: unknown, rest: object = {}): Break =>
  (isBroken) =>
  () => ({ ...rest, [name]: isBroken() ? value : env[name] });

const unusableKeys = env.SIGNING_KEYS.replace('"x":"f83', '"x":"AAA');

export const failures: Failure[] = [
  { column: 'database down', name: 'the database is down', break: databaseThat(fail) },
  {
    column: 'database slow',
    name: 'the database does not respond',
    break: databaseThat(neverRespond),
    timing: { storageMs: 30 },
  },
  {
    column: 'database full',
    name: 'the database is full',
    break: databaseThat(failFull, (sql) => !/^(select|delete)/.test(sql)),
    isOfDatabase: true,
  },
  { column: 'KV read down', name: 'KV cannot be read', break: denylistThatFailsTo(['get']) },
  { column: 'KV write down', name: 'KV cannot be written', break: denylistThatFailsTo(['put']) },
  {
    column: 'KV slow',
    name: 'KV does not respond',
    break: denylistThatFailsTo(['get', 'put'], neverRespond),
    timing: { denylistReadMs: 30, denylistWriteMs: 30 },
  },
  { column: 'limiter down', name: 'the rate limiters are down', break: limitersThat(async () => fail()) },
  {
    column: 'limiter down',
    name: 'the rate limiters do not respond',
    break: limitersThat(neverRespond),
    timing: { limiterMs: 10 },
  },
  {
    column: 'HIBP down, `fail-open`',
    name: 'Have I Been Pwned is down, with fail-open',
    break: breachCheckDown('fail-open'),
  },
  {
    column: 'HIBP down, `fail-closed`',
    name: 'Have I Been Pwned is down, with fail-closed',
    break: breachCheckDown('fail-closed'),
  },
  {
    column: 'mail provider down',
    name: 'the mail provider is down',
    break: withMail,
  },
  { column: 'unusable signing key', name: 'a signing key cannot be used', break: wrong('SIGNING_KEYS', unusableKeys) },
  { column: 'bad secret, missing binding', name: 'SECRET_KEY is too short', break: wrong('SECRET_KEY', 'c2hvcnQ=') },
  { column: 'bad secret, missing binding', name: 'SIGNING_KEYS is not a JWKS', break: wrong('SIGNING_KEYS', '{}') },
  { column: 'bad secret, missing binding', name: 'DENYLIST is not bound', break: wrong('DENYLIST', undefined) },
  {
    column: 'bad secret, missing binding',
    name: 'a rate limiter is not bound',
    break: wrong('LIMIT_REFRESH', undefined, { RATE_LIMITS: 'on' }),
  },
  // On libSQL the service does not use the binding of D1, but the URL.
  {
    column: 'bad secret, missing binding',
    name: 'the database is not bound or has no URL',
    break: env.TURSO_DATABASE_URL === '' ? wrong('DB', undefined) : wrong('TURSO_DATABASE_URL', 'nowhere'),
    isOfDatabase: true,
  },
];
