import { z } from '@hono/zod-openapi';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../src/http/app.ts';
import { openRoute, tokenRoute, userRoute } from '../../src/http/endpoint.ts';
import { wire } from '../../src/wire.ts';
import { bindProduction } from '../support/production.ts';
import { bearer, startService, tokensOf } from '../support/service.ts';

const body = z.object({ nickname: z.string() });
const endpoint = {
  method: 'post',
  path: '/auth/nickname',
  request: { body: { content: { 'application/json': { schema: body } }, required: true } },
  responses: { 200: { description: 'The nickname is taken over.' } },
} as const;

/** The service with one more route, which takes a JSON body. */
async function startWith(route: (given: typeof endpoint) => typeof endpoint) {
  const app = createApp(wire);
  app.openapi(route(endpoint), (c) => c.body(null, 200));
  const { access } = tokensOf(await startService().register());
  const post = async (sent: BodyInit, headers: Record<string, string> = { 'content-type': 'application/json' }) => {
    const init = { method: 'POST', headers: { ...bearer(access), ...headers }, body: sent };
    const response = await app.request(endpoint.path, init, bindProduction());
    const { code } = response.status === 200 ? { code: undefined } : Object(await response.json<object>());
    return { status: response.status, code: String(code) };
  };
  return { post };
}

describe.each([
  ['openRoute', openRoute],
  ['tokenRoute', tokenRoute],
  ['userRoute', userRoute],
] as const)('a route made by %s', (_, route) => {
  it('takes a JSON body', async () => {
    const { post } = await startWith(route);
    expect(await post('{"nickname":"Joe"}')).toMatchObject({ status: 200 });
  });

  it('refuses a body that is not what it declares', async () => {
    const { post } = await startWith(route);
    const notUtf8 = new Uint8Array([...new TextEncoder().encode('{"nickname":"'), 0xe9, 0x22, 0x7d]);
    expect(await post(notUtf8)).toEqual({ status: 400, code: 'malformed_json' });
    expect(await post('{}')).toEqual({ status: 400, code: 'invalid_request' });
    expect(await post('nickname=Joe', { 'content-type': 'text/plain' })).toEqual({
      status: 415,
      code: 'unsupported_media_type',
    });
    expect(await post('x'.repeat(17 * 1024))).toEqual({ status: 413, code: 'body_too_large' });
  });
});
