import { z } from 'zod';
import { parseJson } from '../../secrets/parse.ts';
import { printable } from './printable.ts';
import { ServiceRefusal, Unreachable } from './service-error.ts';

/** Longer than the service waits for its own storage. */
const TIMEOUT_MS = 30_000;

export type Query = Record<string, string | undefined>;

type Call = {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  query?: Query | undefined;
  body?: Record<string, unknown> | undefined;
  /** A body of NDJSON, instead. */
  ndjson?: string | undefined;
  ifMatch?: string | undefined;
};

/** Where requests go, and what makes a token for each: the service takes a token once only. */
export type Caller = { origin: string; token: () => Promise<string> };

const text = z.string().transform(printable);

const refusal = z.looseObject({
  code: text,
  message: text,
  request_id: text.optional().catch(undefined),
  errors: z
    .array(z.object({ path: text, message: text }))
    .optional()
    .catch(undefined),
});

/**
 * Makes one request and returns its body without `status`, and its ETag. Follows no redirect: that could take the token
 * to another service. Throws `ServiceRefusal` for anything but a success of `shape`, and `Unreachable`.
 */
export async function callService<T extends z.ZodType>(
  { origin, token }: Caller,
  path: string,
  shape: T,
  { method = 'GET', query = {}, body, ndjson, ifMatch }: Call = {},
): Promise<{ body: z.infer<T>; etag: string | undefined }> {
  const url = new URL(path, origin);
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value);
  const headers = new Headers({ Authorization: `Bearer ${await token()}`, Accept: 'application/json' });
  // Events name it.
  headers.set('User-Agent', 'latchkey-operator');
  if (body !== undefined) headers.set('Content-Type', 'application/json');
  if (ndjson !== undefined) headers.set('Content-Type', 'application/x-ndjson');
  if (ifMatch !== undefined) headers.set('If-Match', ifMatch);
  const sent = body === undefined ? (ndjson ?? null) : JSON.stringify(body);
  const response = await send(url, { method, headers, body: sent });
  const fields = z.record(z.string(), z.unknown()).safeParse(parseJson(response.text)).data ?? {};
  const { status, ...rest } = fields;
  const { data } = shape.safeParse(rest);
  if (response.ok && status === 'success' && data !== undefined) return { body: data, etag: response.etag };
  throw refusalIn(response, fields);
}

type Answer = Awaited<ReturnType<typeof send>>;

async function send(url: URL, init: RequestInit) {
  try {
    const response = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
    const { ok, status, headers } = response;
    return { ok, status, headers, etag: headers.get('ETag') ?? undefined, text: await response.text() };
  } catch (error) {
    throw new Unreachable(error, { isRead: init.method === 'GET' });
  }
}

function refusalIn({ status, headers }: Answer, fields: Record<string, unknown>): ServiceRefusal {
  const { data } = fields['status'] === 'fail' ? refusal.safeParse(fields) : {};
  const date = Date.parse(headers.get('Date') ?? '');
  const retryAfter = headers.get('Retry-After') ?? '';
  return new ServiceRefusal({
    status,
    code: data?.code,
    message: data?.message,
    requestId: data?.request_id,
    errors: data?.errors ?? [],
    retryAfter: /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) : undefined,
    clockAhead: Number.isNaN(date) ? undefined : Math.round((Date.now() - date) / 1000),
  });
}
