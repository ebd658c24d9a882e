import assert from 'node:assert/strict';
import { z } from 'zod';
import type { Client } from '../harness/http-client.ts';

const granted = z.object({ access_token: z.string() });

/** An access token of the client, without any software. */
export async function getMachineToken(
  service: Client,
  { id, secret }: { id: string; secret: string },
  form: Record<string, string> = {},
): Promise<string> {
  const headers = { authorization: `Basic ${btoa(`${id}:${secret}`)}` };
  const body = new URLSearchParams({ grant_type: 'client_credentials', ...form });
  const response = await service.call('/oauth/token', { method: 'POST', headers, body });
  assert.equal(response.status, 200, JSON.stringify(response.body['error']));
  return granted.parse(response.body).access_token;
}
