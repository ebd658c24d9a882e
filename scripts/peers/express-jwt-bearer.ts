import assert from 'node:assert/strict';
import { once } from 'node:events';
import express from 'express';
import { auth, requiredScopes } from 'express-oauth2-jwt-bearer';
import type { Client } from '../harness/http-client.ts';
import { findFreePort } from '../dev/ports.ts';
import { getMachineToken } from './machine-token.ts';
import { type Machines, OTHER_SCOPE, SCOPE } from './machines.ts';

const FIRST_PORT = 18_960;

/**
 * Protects an Express app with express-oauth2-jwt-bearer, which is configured with the issuer and the audience only.
 */
export async function runExpressJwtBearer(issuerBaseURL: string, service: Client, machines: Machines): Promise<void> {
  const app = express();
  // Otherwise Express prints refusals to the console.
  app.set('env', 'test');
  app.use(auth({ issuerBaseURL, audience: 'latchkey', strict: true }));
  const respond: express.RequestHandler = (request, response) => {
    response.json({ sub: request.auth?.payload.sub });
  };
  app.get('/', respond);
  app.get('/api', requiredScopes(SCOPE), respond);
  app.get('/articles', requiredScopes(OTHER_SCOPE), respond);
  const port = await findFreePort(FIRST_PORT);
  const server = app.listen(port, 'localhost');
  await once(server, 'listening');
  const read = (path: string, token?: string) =>
    fetch(`http://localhost:${port}${path}`, {
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    });

  const { accessToken, refreshToken } = await service.register({ email: 'express@example.org', password: '123456' });
  const { headers } = await service.get('/auth/verify', accessToken);
  const bearers = [
    [accessToken, headers.get('x-user-id')],
    [await getMachineToken(service, machines), machines.id],
  ] as const;
  for (const [token, sub] of bearers) {
    for (const path of ['/', '/api']) assert.equal(await (await read(path, token)).text(), JSON.stringify({ sub }));
    const refused = await read('/articles', token);
    assert.equal(refused.status, 403);
    assert.match(refused.headers.get('www-authenticate') ?? '', /error="insufficient_scope"/);
  }
  for (const token of [undefined, refreshToken, `${accessToken.slice(0, -4)}AAAA`]) {
    assert.equal((await read('/', token)).status, 401);
  }
  server.close();
  server.closeAllConnections();
  console.log('ok: express-oauth2-jwt-bearer, in strict mode, finds the keys, verifies, and asks for scopes');
}
