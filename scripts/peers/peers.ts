// npm run peers: other people's software in front of the service and behind it, as the documentation shows it.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '../harness/http-client.ts';
import { makeCertificate, trust } from './certificate.ts';
import { runExpressJwtBearer } from './express-jwt-bearer.ts';
import { makeOAuthClient } from './oauth-client.ts';
import { runOauth4webapi } from './oauth4webapi.ts';
import { runOpenidClient } from './openid-client.ts';
import { findAll } from './programs.ts';
import { runProxies } from './run-proxies.ts';
import { startService } from '../harness/service.ts';
import { stopAll } from '../harness/process.ts';

const state = mkdtempSync(join(tmpdir(), 'latchkey-peers-'));
// Started by root, the proxies run as somebody else.
chmodSync(state, 0o711);

try {
  const openssl = findAll('everything', ['openssl']);
  if (openssl !== undefined) await runAll(openssl);
} finally {
  await stopAll();
  rmSync(state, { recursive: true, force: true, maxRetries: 10 });
}

/** By https, which most of it insists on. */
async function runAll(openssl: string): Promise<void> {
  const { entry, ...oauthClient } = makeOAuthClient();
  const certificate = makeCertificate(openssl, state);
  trust(certificate);
  // Quiet, since wrangler shows everybody who does not trust the certificate, as some are meant to.
  const { url } = await startService({ state, certificate, isQuiet: true }, '--var', `OAUTH_CLIENTS:${entry}`);
  const client = createClient(url);
  await runOauth4webapi(url, client, oauthClient);
  await runOpenidClient(url, client, oauthClient);
  await runExpressJwtBearer(url, client);
  const certificates = { right: certificate.cert, wrong: makeCertificate(openssl, state).cert };
  await runProxies({ url, client, certificates, credentials: oauthClient }, state);
}
