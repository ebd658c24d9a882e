import { z } from '@hono/zod-openapi';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../src/http/app.ts';
import { clientRoute, openRoute, revokerRoute, tokenRoute, userRoute } from '../../src/http/endpoint.ts';
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

const form = 'application/x-www-form-urlencoded';
const formEndpoint = {
  ...endpoint,
  request: { body: { content: { [form]: { schema: body } }, required: true } },
} as const;

type Endpoint = typeof endpoint | typeof formEndpoint;

/** The service with one more route. */
async function startWith(route: Endpoint) {
  const app = createApp(wire);
  app.openapi(route, (c) => c.body(null, 200));
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
  ['revokerRoute', revokerRoute],
] as const)('a route made by %s', (_, route) => {
  it('takes a JSON body', async () => {
    const { post } = await startWith(route(endpoint));
    expect(await post('{"nickname":"Joe"}')).toMatchObject({ status: 200 });
  });

  it('refuses a body that is not what it declares', async () => {
    const { post } = await startWith(route(endpoint));
    const notUtf8 = new Uint8Array([...new TextEncoder().encode('{"nickname":"'), 0xe9, 0x22, 0x7d]);
    expect(await post(notUtf8)).toEqual({ status: 400, code: 'malformed_json' });
    expect(await post('{}')).toEqual({ status: 400, code: 'invalid_request' });
    expect(await post('nickname=Joe', { 'content-type': 'text/plain' })).toEqual({
      status: 415,
      code: 'unsupported_media_type',
    });
    expect(await post('x'.repeat(17 * 1024))).toEqual({ status: 413, code: 'body_too_large' });
  });

  it('refuses a form that is not UTF-8, or of another type', async () => {
    const { post } = await startWith(route(formEndpoint));
    const headers = { 'content-type': form };
    expect(await post('nickname=Joe', headers)).toMatchObject({ status: 200 });
    expect(await post('nickname=%E9', headers)).toEqual({ status: 400, code: 'invalid_request' });
    expect(await post(new Uint8Array([0x6e, 0x3d, 0xe9]), headers)).toEqual({ status: 400, code: 'invalid_request' });
    expect(await post('{"nickname":"Joe"}')).toEqual({ status: 415, code: 'form_expected' });
  });
});

describe('a route that contradicts itself is not made', () => {
  it('with a body that nobody would check', () => {
    const schema = { schema: body };
    const request = { body: { content: { 'multipart/form-data': schema } } };
    expect(() => userRoute({ ...endpoint, request })).toThrow('/auth/nickname must take JSON, lines of JSON or a form');
    const both = { body: { content: { 'application/json': schema, [form]: schema } } };
    expect(() => userRoute({ ...endpoint, request: both })).toThrow(
      '/auth/nickname must take JSON, lines of JSON or a form',
    );
    expect(() => clientRoute({ ...endpoint, path: '/oauth/nickname' })).toThrow(`/oauth/nickname must take ${form}`);
  });

  it('with one status for a success and a refusal', () => {
    expect(() => userRoute(endpoint, { refuses: ['email_taken'] })).not.toThrow();
    const responses = { 202: { description: 'Check your mail.' } };
    expect(() => userRoute({ ...endpoint, responses }, { refuses: ['email_taken'] })).toThrow(
      '/auth/nickname declares 202 as a success and as a refusal',
    );
  });
});
