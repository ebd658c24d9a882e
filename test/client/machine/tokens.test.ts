import { afterEach, describe, expect, it, vi } from 'vitest';
import { issue, lost, never, refuse, startMachine } from './stand-in.ts';

afterEach(() => void vi.useRealTimers());

describe('token', () => {
  it('asks with the id and the secret in the header, each form-encoded, and follows no redirect', async () => {
    const { machine, seen } = startMachine();
    expect(await machine.token()).toBe('token-1');
    expect(seen).toHaveLength(1);
    const [{ url, form, headers, init } = expect.fail()] = seen;
    expect([url, init.method, init.redirect]).toEqual(['https://auth.example.org/oauth/token', 'POST', 'manual']);
    expect(headers.get('Authorization')).toBe('Basic cmVwb3J0czphK2IlMkIlQzMlQkMlM0ElMjUlMkY=');
    expect(headers.get('Content-Type')).toMatch(/^application\/x-www-form-urlencoded/);
    expect(form).toEqual({ grant_type: 'client_credentials' });
  });

  it('asks for the scope and the resource that it is given', async () => {
    const resource = 'https://reports.example.org';
    for (const scope of ['a b', ['a', 'b']]) {
      const { machine, seen } = startMachine({ scope, resource });
      await machine.token();
      expect(seen[0]?.form).toEqual({ grant_type: 'client_credentials', scope: 'a b', resource });
    }
  });

  it.each([
    [900, 840],
    [120, 60],
    [119, 59.5],
    [60, 30],
    [2, 1],
  ])('keeps a token of %d seconds for %d', async (life, seconds) => {
    const { machine, seen, pass } = startMachine({}, { answers: [() => issue('first', life)] });
    expect(await machine.token()).toBe('first');
    pass(seconds - 0.001);
    expect(await machine.token()).toBe('first');
    pass(0.001);
    expect(await machine.token()).toBe('token-1');
    expect(seen).toHaveLength(2);
  });

  it('counts the life of a token from the request on, not from a slow response', async () => {
    const answer = () => {
      pass(100);
      return issue('first', 300);
    };
    const { machine, pass } = startMachine({}, { answers: [answer] });
    await machine.token();
    pass(139);
    expect(await machine.token()).toBe('first');
    pass(1);
    expect(await machine.token()).toBe('token-1');
  });

  it('is asked for once by many callers at once', async () => {
    const { machine, seen } = startMachine();
    const tokens = await Promise.all(Array.from({ length: 50 }, () => machine.token()));
    expect(new Set(tokens)).toEqual(new Set(['token-1']));
    expect(seen).toHaveLength(1);
  });

  it('fails for all who wait, and is asked for again by the next', async () => {
    const { machine, seen } = startMachine({}, { answers: [refuse(401, 'invalid_client')] });
    const results = await Promise.allSettled([machine.token(), machine.token()]);
    expect(results).toMatchObject([{ reason: { code: 'invalid_client' } }, { reason: { code: 'invalid_client' } }]);
    expect(seen).toHaveLength(1);
    expect(await machine.token()).toBe('token-1');
  });

  it('is asked for again when the request of another caller never ends, as with a Worker that was cancelled', async () => {
    vi.useFakeTimers();
    const { machine, seen } = startMachine({ timeoutMs: 1_000_000 }, { answers: [never] });
    const first = machine.token();
    const others = Promise.all([machine.token(), machine.token()]);
    await vi.advanceTimersByTimeAsync(5000);
    expect(await others).toEqual(['token-1', 'token-1']);
    expect(seen).toHaveLength(2);
    expect(await machine.token()).toBe('token-1');
    await vi.advanceTimersByTimeAsync(10_000_000);
    expect(await first).toBe('token-2');
    expect(await machine.token()).toBe('token-1');
  });

  it('is asked for again after forget, also while a request is under way', async () => {
    let release = () => {};
    const slow = () => new Promise<Response>((resolve) => (release = () => resolve(issue('old'))));
    const { machine, seen } = startMachine({}, { answers: [slow] });
    const first = machine.token();
    await vi.waitFor(() => expect(seen).toHaveLength(1));
    machine.forget();
    expect(await machine.token()).toBe('token-1');
    release();
    expect(await first).toBe('old');
    expect(await machine.token()).toBe('token-1');
    machine.forget();
    expect(await machine.token()).toBe('token-2');
  });
});

describe('a refusal', () => {
  it.each([
    [400, 'invalid_request', 'invalid_request'],
    [401, 'invalid_client', 'invalid_client'],
    [400, 'invalid_scope', 'invalid_scope'],
    [400, 'invalid_target', 'invalid_target'],
    [400, 'unauthorized_client', 'unauthorized_client'],
    [400, 'unsupported_grant_type', 'unsupported_grant_type'],
    [429, 'temporarily_unavailable', 'too_many_requests'],
    [500, 'server_error', 'internal_error'],
    [400, 'from_the_future', 'unexpected_response'],
    [400, 'toString', 'unexpected_response'],
  ])('with %d %s has the code %s, and is not repeated', async (status, error, code) => {
    const headers = { 'Retry-After': '60', 'X-Request-Id': 'r1' };
    const { machine, seen } = startMachine({}, { answers: [refuse(status, error, headers)] });
    const message = code === 'unexpected_response' ? `About ${error}. (${error})` : `About ${error}.`;
    const details = { name: 'LatchkeyError', code, status, retryAfterSeconds: 60, requestId: 'r1', message };
    await expect(machine.token()).rejects.toMatchObject(details);
    expect(seen).toHaveLength(1);
  });

  it.each([
    ['HTML', () => new Response('<!doctype html>')],
    ['a redirect', () => new Response(null, { status: 307, headers: { Location: 'https://example.org/' } })],
    ['nothing', () => new Response('')],
    ['a list', () => Response.json([])],
    ['no token', () => Response.json({ token_type: 'Bearer', expires_in: 9 })],
    ['a token that no header can carry', () => issue('a b')],
    ['another type', () => Response.json({ access_token: 'a', token_type: 'DPoP', expires_in: 9 })],
    ['no life', () => Response.json({ access_token: 'a', token_type: 'Bearer' })],
    ['a life that is over', () => issue('a', 0)],
    ['a life that is text', () => Response.json({ access_token: 'a', token_type: 'Bearer', expires_in: '9' })],
    [
      'another status',
      () => Response.json({ access_token: 'a', token_type: 'Bearer', expires_in: 9 }, { status: 201 }),
    ],
    ['an error without a name', () => Response.json({ message: 'no' }, { status: 400 })],
  ])('is unexpected_response for %s', async (_, answer) => {
    const { machine, seen } = startMachine({}, { answers: [answer] });
    await expect(machine.token()).rejects.toMatchObject({ code: 'unexpected_response' });
    expect(seen).toHaveLength(1);
  });

  it('that passes, and a response that is lost, are followed by two more attempts', async () => {
    const busy = refuse(503, 'temporarily_unavailable', { 'Retry-After': '0' });
    for (const answers of [[lost], [busy, lost], [busy, busy]]) {
      const { machine, seen } = startMachine({}, { answers });
      expect(await machine.token()).toBe('token-1');
      expect(seen).toHaveLength(answers.length + 1);
    }
    const down = startMachine({}, { answers: [busy, busy, busy] });
    await expect(down.machine.token()).rejects.toMatchObject({ code: 'storage_unavailable', status: 503 });
    const away = startMachine({}, { answers: [lost, lost, lost] });
    await expect(away.machine.token()).rejects.toMatchObject({ code: 'unreachable', status: undefined });
    expect([down.seen.length, away.seen.length]).toEqual([3, 3]);
  });

  it('is unreachable when nothing comes in time', async () => {
    const { machine } = startMachine({ timeoutMs: 20 }, { answers: [never, never, never] });
    await expect(machine.token()).rejects.toMatchObject({
      code: 'unreachable',
      cause: { message: 'Latchkey did not respond within 20 ms.' },
    });
  });
});
