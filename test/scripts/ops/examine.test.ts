import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { examineProduction } from '../../../scripts/ops/examine.ts';
import { newSecrets, newSigningKey } from '../../../scripts/secrets/fresh.ts';
import { FIREBASE_SCRYPT } from '../../support/firebase.ts';
import { writeProductionToml } from './production-toml.ts';

const folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
afterAll(() => rmSync(folder, { recursive: true }));

const writeToml = (change?: (toml: string) => string) => writeProductionToml(folder, change);
const secrets: Record<string, string> = await newSecrets();

/** Turns mail on, with a secret that wrangler requires. */
const by = (transport: string, secret?: string) => (toml: string) =>
  toml
    .replace('MAIL_TRANSPORT = "none"', `MAIL_TRANSPORT = "${transport}"`)
    .replace('MAIL_FROM = ""', 'MAIL_FROM = "Example <a@example.org>"')
    .replace('REGISTRATION = "open"', 'REGISTRATION = "confirm"')
    .replace('SIGNING_KEYS"]', secret === undefined ? 'SIGNING_KEYS"]' : `SIGNING_KEYS", "${secret}"]`);

const pepper = `a:${randomBytes(32).toString('base64')}`;

describe('the examination of a deployment', () => {
  const fieldsOf = async (toml: string, values = secrets, development = {}) =>
    (await examineProduction({ config: toml }, values, [development])).map(({ field }) => field);

  it('finds no problem when everything is in order', async () => {
    expect(await examineProduction({ config: writeToml() }, secrets, [])).toEqual([]);
  });

  it('asks for an issuer and a route in the original wrangler.toml, and for nothing else', async () => {
    expect(await fieldsOf('wrangler.toml')).toEqual(['ISSUER', 'routes']);
  });

  it.each([
    ['ISSUER', (toml: string) => toml.replace('https://auth.example.org', 'http://localhost')],
    ['PBKDF2_ITERATIONS', (toml: string) => toml.replace('"600000"', '"100000"')],
    ['ACCESS_TOKEN_TTL_SECONDS', (toml: string) => toml.replace('"900"', '"5"')],
    ['REFRESH_GRACE_SECONDS', (toml: string) => toml.replace('GRACE_SECONDS = "30"', 'GRACE_SECONDS = "15"')],
    ['REFRESH_GRACE_SECONDS', (toml: string) => toml.replace('GRACE_SECONDS = "30"', 'GRACE_SECONDS = "61"')],
    ['PASSWORD_MIN_LENGTH', (toml: string) => toml.replace('"8"', '"6"')],
    ['PASSWORD_COMMON', (toml: string) => toml.replace('"refuse"\n', '"allow"\n')],
    ['PASSWORD_BREACH_URL', (toml: string) => toml.replace(/"https:.*range\/"/, '"http://localhost:9000/"')],
    ['RATE_LIMITS', (toml: string) => toml.replace('RATE_LIMITS = "on"', 'RATE_LIMITS = "off"')],
    ['LIMIT_REFRESH', (toml: string) => toml.replace('name = "LIMIT_REFRESH"', 'name = "LIMIT"')],
    ['DB', (toml: string) => toml.replace('binding = "DB"', 'binding = "DATABASE"')],
    ['DENYLIST', (toml: string) => toml.replace('binding = "DENYLIST"', 'binding = "KV"')],
    ['SIGNING_KEYS', (toml: string) => toml.replace(', "SIGNING_KEYS"]', ']')],
    ['CORS_ORIGIN', (toml: string) => toml.replace('CORS_ORIGINS', 'CORS_ORIGIN')],
    ['CORS_ORIGINS', (toml: string) => toml.replace('CORS_ORIGINS = ""', 'CORS_ORIGINS = "https://a.example, *"')],
    ['CORS_ORIGINS', (toml: string) => toml.replace('CORS_ORIGINS = ""', 'CORS_ORIGINS = "http://localhost:*"')],
    ['PLAYGROUND', (toml: string) => toml.replace('PLAYGROUND = "off"', 'PLAYGROUND = "on"')],
    ['ALLOW_IN_PRODUCTION', (toml: string) => toml.replace('PRODUCTION = ""', 'PRODUCTION = "RATE_LIMITS=off"')],
    ['ALLOW_IN_PRODUCTION', (toml: string) => toml.replace('PRODUCTION = ""', 'PRODUCTION = "PLAYGROUND=on"')],
    ['REGISTRATION', (toml: string) => toml.replace('REGISTRATION = "open"', 'REGISTRATION = "confirm"')],
    ['MAIL_TRANSPORT', (toml: string) => toml.replace('MAIL_TRANSPORT = "none"', 'MAIL_TRANSPORT = "log"')],
    ['MAIL_FROM', (toml: string) => toml.replace('MAIL_TRANSPORT = "none"', 'MAIL_TRANSPORT = "cloudflare"')],
    ['MAIL_WEBHOOK_URL', (toml: string) => toml.replace('HOOK_URL = ""', 'HOOK_URL = "http://localhost:1"')],
    ['MAIL_API_KEY', (toml: string) => toml.replace('[vars]', '[vars]\nMAIL_API_KEY = "key"')],
    ['crons', (toml: string) => toml.replace(/^\[triggers\]\ncrons = .*$/m, '')],
    ['CORS_ORIGINS', (toml: string) => toml.replace('ACCOUNT_URL = ""', 'ACCOUNT_URL = "https://app.example.org/a"')],
    ['OAUTH_CLIENTS', (toml: string) => toml.replace('[vars]', `[vars]\nOAUTH_CLIENTS = "a:${'h'.repeat(43)}"`)],
    ['FIREBASE_SCRYPT', (toml: string) => toml.replace('[vars]', `[vars]\nFIREBASE_SCRYPT = '${FIREBASE_SCRYPT}'`)],
    ['PASSWORD_PEPPER', (toml: string) => toml.replace('[vars]', `[vars]\nPASSWORD_PEPPER = "${pepper}"`)],
  ])('names %s when it is wrong', async (field, change) => {
    expect(new Set(await fieldsOf(writeToml(change)))).toEqual(new Set([field]));
  });

  it('accepts every origin and the playground when ALLOW_IN_PRODUCTION says each again', async () => {
    const open = (toml: string) =>
      toml.replace('CORS_ORIGINS = ""', 'CORS_ORIGINS = "*"').replace('PLAYGROUND = "off"', 'PLAYGROUND = "on"');
    const allow = (list: string) =>
      writeToml((toml) => open(toml).replace('ALLOW_IN_PRODUCTION = ""', `ALLOW_IN_PRODUCTION = "${list}"`));
    expect(await fieldsOf(allow(''))).toEqual(['CORS_ORIGINS', 'PLAYGROUND']);
    expect(await fieldsOf(allow('CORS_ORIGINS=*'))).toEqual(['PLAYGROUND']);
    expect(await fieldsOf(allow('PLAYGROUND=on'))).toEqual(['CORS_ORIGINS']);
    expect(await fieldsOf(allow('CORS_ORIGINS=*, PLAYGROUND=on'))).toEqual([]);
    const problems = await examineProduction({ config: allow('PLAYGROUND=on') }, secrets, []);
    expect(problems[0]?.problem).toContain('say it again: ALLOW_IN_PRODUCTION = "CORS_ORIGINS=*"');
  });

  it('accepts each way to send mail once it has what it needs', async () => {
    expect(await fieldsOf(writeToml(by('cloudflare')))).toEqual([]);
    const withoutBinding = (toml: string) => by('cloudflare')(toml).replace('[[send_email]]\nname = "MAIL"', '');
    expect(await fieldsOf(writeToml(withoutBinding))).toEqual(['MAIL']);
    const withKey = { ...secrets, MAIL_API_KEY: 'key' };
    for (const transport of ['resend', 'postmark']) {
      const toml = writeToml(by(transport, 'MAIL_API_KEY'));
      expect(await fieldsOf(toml)).toEqual(['MAIL_API_KEY']);
      expect(await fieldsOf(toml, withKey)).toEqual([]);
      // Without the secrets, nobody knows.
      expect(await examineProduction({ config: toml }, undefined, [])).toEqual([]);
    }
    const toWebhook = writeToml((toml) =>
      by('webhook', 'MAIL_WEBHOOK_SECRET')(toml).replace('HOOK_URL = ""', 'HOOK_URL = "https://mail.example.org"'),
    );
    const withSecret = { ...secrets, MAIL_WEBHOOK_SECRET: `whsec_${randomBytes(32).toString('base64')}` };
    expect(await fieldsOf(toWebhook)).toEqual(['MAIL_WEBHOOK_SECRET']);
    expect(await fieldsOf(toWebhook, withSecret)).toEqual([]);
  });

  it.each([
    ['resend', 'MAIL_API_KEY'],
    ['postmark', 'MAIL_API_KEY'],
    ['webhook', 'MAIL_WEBHOOK_SECRET'],
  ])('wants wrangler to refuse a deploy by %s that lacks its secret', async (transport, name) => {
    const withUrl = (toml: string) => by(transport)(toml).replace('HOOK_URL = ""', 'HOOK_URL = "https://a.example"');
    const config = writeToml((toml) => withUrl(toml).replace('SIGNING_KEYS"]', 'SIGNING_KEYS", "hunter2"]'));
    const line = `Write required = ["SECRET_KEY", "SIGNING_KEYS", "${name}"] into [secrets]`;
    const problem = `must be required: otherwise wrangler deploys without it. ${line}`;
    expect(await examineProduction({ config }, undefined, [])).toEqual([{ field: name, problem }]);
  });

  it('asks an environment for secrets and crons of its own', async () => {
    const config = writeToml((toml) => {
      const [top = '', staging = ''] = toml.split(/^(?=# \[env\.staging\]$)/m);
      const onStaging = staging
        .replaceAll(/^# ?/gm, '')
        .replace('ISSUER', 'MAIL_TRANSPORT = "resend"\nMAIL_FROM = "a@example.org"\nISSUER')
        .replace('[env.staging.secrets]', '[env.staging.triggers]\ncrons = ["*/10 * * * *"]\n[env.staging.secrets]');
      return by('resend', 'MAIL_API_KEY')(top) + onStaging;
    });
    expect(await examineProduction({ config, env: '' }, undefined, [])).toEqual([]);
    expect(await examineProduction({ config, env: 'staging' }, undefined, [])).toEqual([
      { field: 'crons', problem: expect.stringMatching(/ into \[env\.staging\.triggers\]$/) },
      { field: 'MAIL_API_KEY', problem: expect.stringMatching(/ into \[env\.staging\.secrets\]$/) },
    ]);
  });

  it('counts the unknown entries of the secrets and gives their positions, but not their names', async () => {
    const found = await examineProduction(
      { config: writeToml() },
      { hunter2: 'a', ...secrets, PASSWORD_PEPER: pepper },
      [],
    );
    const problem = 'entries 1, 4 are unknown to this service (of 4; names are not shown)';
    expect(found).toEqual([{ field: 'secrets', problem }]);
  });

  it('requires a token and TLS for a libSQL database, and then no D1', async () => {
    const onTurso = (url: string) => (toml: string) =>
      toml.replace('TURSO_DATABASE_URL = ""', `TURSO_DATABASE_URL = "${url}"`);
    const toml = writeToml((text) =>
      onTurso('libsql://a.turso.io')(text).replace(/\[\[d1_databases\]\]\nbinding = "DB"\nmigrations_dir = .*\n/, ''),
    );
    expect(readFileSync(toml, 'utf8')).not.toMatch(/^\[\[d1_databases/m);
    const withToken = { ...secrets, TURSO_AUTH_TOKEN: 'a.b.c' };
    expect(await fieldsOf(toml, withToken)).toEqual([]);
    expect(await fieldsOf(toml)).toEqual(['TURSO_AUTH_TOKEN']);
    expect(await fieldsOf(writeToml(), withToken)).toEqual(['TURSO_AUTH_TOKEN']);
    expect(await fieldsOf(toml, withToken, withToken)).toContain('TURSO_AUTH_TOKEN');
    expect(await fieldsOf(writeToml(onTurso('http://localhost:8080')), withToken)).toEqual(['TURSO_DATABASE_URL']);
  });

  it('names a secret that is missing, weak, unusable or that of development', async () => {
    const toml = writeToml();
    const { SECRET_KEY = '', SIGNING_KEYS = '' } = secrets;
    const unusable = SIGNING_KEYS.replace(/"x":".{9}/, '"x":"AAAAAAAAA');
    expect(await fieldsOf(toml, { SIGNING_KEYS })).toEqual(['SECRET_KEY']);
    expect(await fieldsOf(toml, { SIGNING_KEYS, SECRET_KEY: btoa('hunter2'.repeat(8)) })).toEqual(['SECRET_KEY']);
    expect(await fieldsOf(toml, { SIGNING_KEYS: unusable, SECRET_KEY })).toEqual(['SIGNING_KEYS']);
    expect(await fieldsOf(toml, secrets, { SIGNING_KEYS })).toEqual(['SIGNING_KEYS']);
    expect(await fieldsOf(toml, { ...secrets, PASSWORD_PEPPER: `a:${SECRET_KEY}` })).toEqual(['PASSWORD_PEPPER']);
    const OAUTH_CLIENTS = `a:${'h'.repeat(43)}`;
    expect(await fieldsOf(toml, { ...secrets, OAUTH_CLIENTS })).toEqual([]);
    expect(await fieldsOf(toml, { ...secrets, OAUTH_CLIENTS }, { OAUTH_CLIENTS })).toEqual(['OAUTH_CLIENTS']);
    expect(await fieldsOf(toml, { ...secrets, OAUTH_CLIENTS: 'a:secret' })).toEqual(['OAUTH_CLIENTS']);
  });

  it('lets development have the parameters of the same Firebase project', async () => {
    const profile = { FIREBASE_SCRYPT };
    expect(await fieldsOf(writeToml(), { ...secrets, FIREBASE_SCRYPT }, profile)).toEqual([]);
    expect(await fieldsOf(writeToml(), { ...secrets, FIREBASE_SCRYPT: '{}' })).toEqual(['FIREBASE_SCRYPT']);
  });

  it('finds a secret of development in any spelling, and among others', async () => {
    const toml = writeToml();
    const { SECRET_KEY = '' } = secrets;
    const [own, another] = await Promise.all([newSigningKey('ES256'), newSigningKey('RS256')]);
    const keysOf = (...keys: object[]) => JSON.stringify({ keys });
    const hash = 'h'.repeat(43);
    const key = randomBytes(32).toString('base64');
    const development = {
      SECRET_KEY: ` ${SECRET_KEY}`,
      SIGNING_KEYS: ` ${keysOf(another, { ...own, kid: 'renamed' })}`,
      PASSWORD_PEPPER: `z:${randomBytes(32).toString('base64')},y:${key}`,
      OAUTH_CLIENTS: `dev:${hash} , other:${'i'.repeat(43)}`,
      TURSO_AUTH_TOKEN: 'a.b.c\n',
    };
    const fieldsWith = (changed: object) => fieldsOf(toml, { ...secrets, ...changed }, development);
    expect(await fieldsWith({ SIGNING_KEYS: keysOf(own) })).toEqual(['SECRET_KEY', 'SIGNING_KEYS']);
    const fresh = await newSecrets();
    expect(await fieldsWith(fresh)).toEqual([]);
    const standby = keysOf(await newSigningKey('ES256'), another);
    expect(await fieldsWith({ ...fresh, SIGNING_KEYS: standby })).toEqual(['SIGNING_KEYS']);
    expect(await fieldsWith({ ...fresh, PASSWORD_PEPPER: `${pepper},b:${key}` })).toEqual(['PASSWORD_PEPPER']);
    expect(await fieldsWith({ ...fresh, PASSWORD_PEPPER: `b:${SECRET_KEY}` })).toEqual(['PASSWORD_PEPPER']);
    expect(await fieldsWith({ ...fresh, OAUTH_CLIENTS: `a:${'j'.repeat(43)},b:${hash}` })).toEqual(['OAUTH_CLIENTS']);
    expect(await fieldsWith({ ...fresh, TURSO_AUTH_TOKEN: 'a.b.c' })).toContain('TURSO_AUTH_TOKEN');
  });
});

describe('the examination of ways in, and of what Cloudflare stores of requests', () => {
  const change = (from: string | RegExp, to: string) => (toml: string) => toml.replace(from, to);
  const onWorkersDev = change(/routes = .*/, '');
  const problemsOf = async (env: string | undefined, ...changes: ((toml: string) => string)[]) => {
    const config = writeToml((toml) => changes.reduce((text, each) => each(text), toml));
    return (await examineProduction({ config, env }, secrets, [])).map(({ field }) => field);
  };

  it.each([
    [['workers_dev'], [change('workers_dev = false', '')]],
    [['workers_dev'], [change('workers_dev = false', 'workers_dev = true')]],
    [['preview_urls'], [change('preview_urls = false', '')]],
    [['preview_urls'], [change('preview_urls = false', 'preview_urls = true')]],
    [['routes'], [onWorkersDev]],
    [['routes'], [change(/routes = .*/, 'routes = []')]],
    [[], [change(/routes = .*/, 'route = "auth.example.org/*"')]],
    [['ISSUER'], [change(/routes = .*/, 'route = "other.example.org/*"')]],
    [['ISSUER'], [onWorkersDev, change('workers_dev = false', 'workers_dev = true')]],
    [
      [],
      [
        onWorkersDev,
        change('workers_dev = false', 'workers_dev = true'),
        change('auth.example.org', 'latchkey.me.workers.dev'),
      ],
    ],
    [['observability'], [change(/\[observability\][^]*/, '')]],
    [['observability'], [change('redact_query_string = true', '')]],
    [['observability'], [change('invocation_logs = false', '')]],
    [['observability'], [change('[observability.traces]\nenabled = false', '[observability.traces]\nenabled = true')]],
    [['observability'], [change('[observability.issues]\nenabled = false', '')]],
    [[], [change(/\[observability\][^]*/, '[observability]\nenabled = false\nissues = { enabled = false }')]],
  ])('finds %j wrong', async (fields, changes) => {
    expect(await problemsOf(undefined, ...changes)).toEqual(fields);
  });

  it('uses the named environment', async () => {
    const staging = `
      [env.staging]
      preview_urls = true
      routes = ["staging.example.org/*"]
      vars = { ISSUER = "https://staging.example.org" }
      d1_databases = [{ binding = "DB" }]
      kv_namespaces = [{ binding = "DENYLIST" }]
      secrets = { required = ["SECRET_KEY", "SIGNING_KEYS"] }
      ratelimits = [${['CREDENTIALS', 'ACCOUNT', 'REFRESH', 'OTHER'].map((name) => `{ name = "LIMIT_${name}", namespace_id = "1", simple = { limit = 1, period = 60 } }`).join(', ')}]
    `;
    const add = (toml: string) => toml + staging;
    expect(await problemsOf(undefined, add)).toEqual([]);
    expect(await problemsOf('staging', add)).toEqual(['preview_urls']);
    await expect(problemsOf('stagin', add)).rejects.toThrow(
      'does not define this environment: it defines only staging',
    );
    // wrangler itself would use the top level.
    await expect(problemsOf('staging')).rejects.toThrow('docs/how-to/staging.md shows how to add one');
  });
});
