import assert from 'node:assert/strict';
import { once } from 'node:events';
import express from 'express';
import { auth } from 'express-oauth2-jwt-bearer';
import type { Client } from '../harness/http-client.ts';
import { findFreePort } from '../dev/ports.ts';

const FIRST_PORT = 18_960;

/**
 * Protects an Express app with express-oauth2-jwt-bearer, which is configured with the issuer and the audience only.
 */
export async function runExpressJwtBearer(issuerBaseURL: string, service: Client): Promise<void> {
  const app = express();
  // Otherwise Express prints refusals to the console.
  app.set('env', 'test');
  app.use(auth({ issuerBaseURL, audience: 'latchkey', strict: true }));
  app.get('/', (request, response) => {
    response.json({ sub: request.auth?.payload.sub });
  });
  const port = await findFreePort(FIRST_PORT);
  const server = app.listen(port, 'localhost');
  await once(server, 'listening');
  const read = (token?: string) =>
    fetch(`http://localhost:${port}`, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });

  const { accessToken, refreshToken } = await service.register({ email: 'express@example.org', password: '123456' });
  const admitted = await read(accessToken);
  const { headers } = await service.get('/auth/verify', accessToken);
  assert.equal(await admitted.text(), JSON.stringify({ sub: headers.get('x-user-id') }));
  for (const token of [undefined, refreshToken, `${accessToken.slice(0, -4)}AAAA`]) {
    assert.equal((await read(token)).status, 401);
  }
  server.close();
  server.closeAllConnections();
  console.log('ok: express-oauth2-jwt-bearer, in strict mode, finds the keys and verifies');
}
