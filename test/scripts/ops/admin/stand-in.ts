import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll } from 'vitest';
import { z } from 'zod';
import { newSecrets } from '../../../../scripts/secrets/fresh.ts';

/** A request that the stand-in got. `token` is what it carried. */
export type Asked = {
  route: string;
  query: Record<string, string>;
  body: Record<string, unknown> | undefined;
  /** The lines of a body of NDJSON. */
  lines: unknown[];
  token: string;
  ifMatch: string | undefined;
};

type Reply = { status?: number; headers?: Record<string, string>; body: unknown };

/** What the stand-in responds to each route, such as `GET /admin/users`. */
export type Replies = Record<string, (asked: Asked) => Reply>;

const folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
afterAll(() => rmSync(folder, { recursive: true }));

export const secrets: Record<string, string> = await newSecrets();
/** The keys in `SIGNING_KEYS`, with their private halves. */
export const keysIn = (jwks = '') =>
  z.object({ keys: z.array(z.looseObject({ kid: z.string(), d: z.string() })) }).parse(JSON.parse(jwks)).keys;
export const secretsFile = join(folder, 'test.secrets.json');
writeFileSync(secretsFile, JSON.stringify(secrets));

/** Writes a file beside the secrets. */
export function writeFile(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

/**
 * Serves the routes of `replies` as the admin API, and 404 for others, until the tests of the file are over. `flags` make
 * a command use it.
 */
export async function standIn(replies: Replies) {
  const asked: Asked[] = [];
  const server = createServer((request, response) => void answer(request, response));
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    const body = await text(request);
    const isNdjson = request.headers['content-type'] === 'application/x-ndjson';
    const one: Asked = {
      route: `${request.method} ${pathname}`,
      query: Object.fromEntries(searchParams),
      body: body === '' || isNdjson ? undefined : z.record(z.string(), z.unknown()).parse(JSON.parse(body)),
      lines: isNdjson ? body.trimEnd().split('\n').map(parseLine) : [],
      token: (request.headers.authorization ?? '').replace('Bearer ', ''),
      ifMatch: request.headers['if-match'],
    };
    asked.push(one);
    const reply = replies[one.route]?.(one) ?? refuse(404, 'not_found', 'There is no such route.');
    response.writeHead(reply.status ?? 200, { 'Content-Type': 'application/json', ...reply.headers });
    response.end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body));
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterAll(() => void server.close());
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  return { url, asked, flags: ['--url', url, '--secrets-file', secretsFile] };
}

const parseLine = (line: string): unknown => JSON.parse(line);

/** A success with `fields`. */
export const succeed = (fields: object, headers = {}): Reply => ({ headers, body: { status: 'success', ...fields } });

/** A refusal, as the service sends it. */
export const refuse = (status: number, code: string, message = 'No.', headers = {}): Reply => ({
  status,
  headers,
  body: { status: 'fail', code, message, request_id: 'r-1' },
});

export const ID = '0b8e1f7a-92b1-4f39-9d2a-6a4c6a0e9a11';

export const joe = {
  user_id: ID,
  email: 'joe@gmail.com',
  email_verified: true,
  admin: false,
  roles: ['editor'],
  claims: {},
  locale: null,
  registered_on: '2026-11-01T10:00:00.000Z',
  disabled_on: null,
  second_factor: false,
};

export const details = {
  ...joe,
  undeliverable_on: null,
  live_sessions: 2,
  factors: { totp: false, passkeys: 0, recovery_codes: 0 },
  login: {
    password_scheme: 'pbkdf2-sha256-split',
    password_usable: true,
    last_login_on: '2026-11-20T10:00:00.000Z',
    last_failed_on: null,
    waits: [] as { until: string; by: string }[],
  },
};

export const event = {
  id: '1',
  type: 'login',
  at: '2026-11-20T10:00:00.000Z',
  user_id: ID,
  actor: 'user',
  session_id: null,
  address_prefix: '203.0.113.0/24',
  country: 'DE',
  user_agent: null,
  request_id: null,
  data: null,
};
