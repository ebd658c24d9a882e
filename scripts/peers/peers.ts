// npm run peers: runs other people's software in front of the service and behind it, as the documentation shows it.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Command, refuseArguments } from '../command.ts';
import { createClient } from '../harness/http-client.ts';
import { makeCertificate, trust } from './certificate.ts';
import { runExpressJwtBearer } from './express-jwt-bearer.ts';
import { makeOAuthClient } from '../harness/oauth-client.ts';
import { runOauth4webapi } from './oauth4webapi.ts';
import { runOpenidClient } from './openid-client.ts';
import { makeMachines } from './machines.ts';
import { runOauth4webapiPrograms } from './oauth4webapi-programs.ts';
import { runOpenidClientPrograms } from './openid-client-programs.ts';
import { runPythonClients } from './python-clients.ts';
import { findAll } from './programs.ts';
import { runProxies } from './run-proxies.ts';
import { startService } from '../harness/service.ts';
import { stopAll } from '../harness/process.ts';

export const command: Command = {
  usage: `npm run peers

Runs other people's software with the service: OAuth libraries (also Python's), Express, nginx, Caddy, HAProxy and Apache, as the
documentation shows them. Names what it left out because it is not installed.`,

  run: async (args) => {
    refuseArguments(args);
    const state = mkdtempSync(join(tmpdir(), 'latchkey-peers-'));
    // Started by root, the proxies run as another user.
    chmodSync(state, 0o711);
    try {
      const openssl = findAll('everything', ['openssl']);
      if (openssl !== undefined) await runAll(openssl, state);
    } finally {
      await stopAll();
      rmSync(state, { recursive: true, force: true, maxRetries: 10 });
    }
  },
};

/** Runs all of it over https, which most of it insists on. */
async function runAll(openssl: string, state: string): Promise<void> {
  // Some software form-encodes the dot and the dash of this id.
  const { entry, ...oauthClient } = makeOAuthClient('peers.resource-server');
  const certificate = makeCertificate(openssl, state);
  trust(certificate);
  // Quiet, because wrangler reports every client that does not trust the certificate, and some must not.
  const { url } = await startService({ state, certificate, isQuiet: true }, '--var', `OAUTH_CLIENTS:${entry}`);
  const client = createClient(url);
  const machines = await makeMachines(url);
  await runOauth4webapi(url, client, oauthClient);
  await runOpenidClient(url, client, oauthClient);
  await runOauth4webapiPrograms(url, client, machines);
  await runOpenidClientPrograms(url, client, machines);
  await runExpressJwtBearer(url, client, machines);
  await runPythonClients(url, client, machines, certificate.cert);
  const certificates = { right: certificate.cert, wrong: makeCertificate(openssl, state).cert };
  await runProxies({ url, client, certificates, credentials: oauthClient, machines }, state);
}
