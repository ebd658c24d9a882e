import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { newSecrets } from '../../scripts/secrets/fresh.ts';
import { findFreePort } from '../../scripts/dev/ports.ts';
import { holdState } from '../../scripts/dev/state-lock.ts';
import { isCurrent } from '../../scripts/migrations/is-current.ts';
import { recall } from '../../scripts/migrations/remembered.ts';
import { localD1File } from '../../scripts/wrangler/local-d1.ts';
import { statusOf } from '../../scripts/dev/status-of.ts';

const home = mkdtempSync(join(tmpdir(), 'latchkey-dev-'));
const secrets = await newSecrets();
const clientSecret = randomBytes(32).toString('base64url');
const hash = createHash('sha256').update(clientSecret).digest('base64url');
const profile = [
  "ISSUER='http://localhost:8787'",
  "PASSWORD_MIN_LENGTH='6'",
  `OAUTH_CLIENTS='api:${hash}'`,
  ...Object.entries(secrets).map(([name, value]) => `${name}='${value}'`),
].join('\r\n');

const state = join(home, '.wrangler/state');
const folder = join(home, 'migrations');
const toml = { config: join(home, 'wrangler.toml') };

beforeAll(() => {
  for (const part of ['src', 'assets', 'migrations', 'wrangler.toml', 'package.json'])
    cpSync(part, join(home, part), { recursive: true });
  symlinkSync(resolve('node_modules'), join(home, 'node_modules'), 'junction');
  writeFileSync(join(home, '.dev.vars'), profile);
});
afterAll(() => rmSync(home, { recursive: true, maxRetries: 10 }));

/** `npm run dev` on the copy of the project in `home`. */
function startDev(port: number) {
  const args = ['run', 'dev', '--', '--config', toml.config, '--port', String(port), '--inspector-port', '0'];
  const env = {
    ...process.env,
    WRANGLER_SEND_METRICS: 'false',
    CLOUDFLARE_DEV_REGISTRY_PATH: join(home, 'registry'),
    // The processes of the test end with it.
    LATCHKEY_STARTER: String(process.pid),
  };
  const child = spawn('npm', args, { stdio: ['ignore', 'pipe', 'pipe'], env });
  const run = { child, output: '', exit: once(child, 'exit') };
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (run.output += chunk.toString()));
  return run;
}

async function waitUntil(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(200);
}

/**
 * The command lines of all processes, which every user of this machine can see. Empty where that is not simple to find
 * out.
 */
function commandLines(): string[] {
  if (process.platform !== 'linux') return [];
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => {
    try {
      return [readFileSync(`/proc/${pid}/cmdline`, 'utf8')];
    } catch {
      return [];
    }
  });
}

it(
  'runs with the .dev.vars of an older version, on any port, once per state directory, and ends when npm is killed',
  { timeout: 300_000 },
  async () => {
    const port = await findFreePort(20_000 + Math.floor(Math.random() * 10_000));
    const url = `http://localhost:${port}`;
    const first = startDev(port);
    await waitUntil(() => /^In another terminal, /m.test(first.output) || first.child.exitCode !== null);
    expect(first.output).toContain(`Latchkey listens on ${url}.\n`);
    expect(first.output).toContain(`\n  ${url}/\n`);
    expect((await fetch(`${url}/`)).headers.get('content-type')).toMatch(/^text\/html/);
    const second = startDev(port);
    expect(recall(state, toml)).toEqual({ folder, table: 'd1_migrations', localId: 'DB' });
    // So the next start applies no migrations, and does not start wrangler for them.
    expect(isCurrent(localD1File(state, 'DB'), { folder, table: 'd1_migrations' })).toBe(true);

    expect(first.output).toContain(
      "\n  PASSWORD_COMMON='allow'\n  RATE_LIMITS='off'\n  CORS_ORIGINS='http://localhost:*,",
    );
    for (const secret of Object.values(secrets)) expect(first.output).not.toContain(secret);
    expect(readFileSync(join(home, '.dev.vars'), 'utf8')).toBe(profile);

    const register = await fetch(`${url}/auth/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'http://localhost:5173' },
      body: JSON.stringify({ email: 'joe@gmail.com', password: '123456' }),
    });
    expect(register.status).toBe(201);
    expect(register.headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
    const { auth_token: token } = z.object({ auth_token: z.string() }).parse(await register.json());
    expect(decodeJwt(token)).toMatchObject({ iss: url });
    // wrangler itself does not read this secret from .dev.vars.
    const client = { client_id: 'api', client_secret: clientSecret };
    const body = new URLSearchParams({ token, ...client });
    const introspection = await fetch(`${url}/oauth/introspect`, { method: 'POST', body });
    expect(await introspection.json()).toMatchObject({ active: true });
    expect(commandLines().filter((line) => line.includes(hash))).toEqual([]);

    expect((await second.exit)[0]).toBe(1);
    expect(second.output).toMatch(
      /\.wrangler\/state is in use by process \d+\. End that process, or use another folder/,
    );
    expect(second.output).toMatch(new RegExp(`Latchkeys? runs? on this machine, at .*${url}\\b`));
    expect(await statusOf(`${url}/health`)).toBe(200);

    first.child.kill('SIGKILL');
    await waitUntil(async () => (await statusOf(`${url}/health`)) === undefined);
    await holdState(state);
  },
);
