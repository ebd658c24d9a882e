import assert from 'node:assert/strict';
import { findFreePort } from '../dev/ports.ts';
import { letUsersIn, passRefusalsOn } from './drive-proxy.ts';
import type { OAuthClient } from '../harness/oauth-client.ts';
import { letProgramsIn } from './drive-programs.ts';
import type { Machines } from './machines.ts';
import { findAll } from './programs.ts';
import { proxies } from './proxies.ts';
import { type Proxy, startProxy } from './proxy.ts';
import { type Server, startApp, startStandIn } from './servers.ts';
import { type Operated, registerWithRoles } from './users.ts';

/** A running Latchkey, its certificate, and a certificate of somebody else. */
type Latchkey = Operated & {
  certificates: { right: string; wrong: string };
  credentials: OAuthClient;
  machines: Machines;
};

const NOBODYS_PORT = 18_940;

/**
 * Runs each proxy four times: with Latchkey, on https; with a stand-in that responds with 429 and 503; with no
 * Latchkey; and with a Latchkey whose certificate it does not trust.
 */
export async function runProxies(latchkey: Latchkey, state: string): Promise<void> {
  const app = await startApp();
  try {
    for (const proxy of proxies) await runProxy(proxy, latchkey, app, state);
  } finally {
    // Open, it would keep this process alive after a failure.
    await app.stop();
  }
}

async function runProxy(proxy: Proxy, latchkey: Latchkey, app: Server, state: string): Promise<void> {
  const program = findAll(proxy.title, proxy.programs);
  if (program === undefined) return;
  const { url, certificates, credentials } = latchkey;
  const startBeside = (url: string, certificate = certificates.right) =>
    startProxy(proxy, { program, state, places: { latchkey: url, app: app.url, certificate }, credentials });

  const real = await startBeside(url);
  await letUsersIn(real.url, latchkey, { app, hears: proxy.asks !== 'keys' });
  await letProgramsIn(real.url, latchkey, { app, takesKeys: proxy.asks !== 'keys' });
  await real.stop();

  if (proxy.asks === 'verify') {
    const standIn = await startStandIn();
    const refusing = await startBeside(standIn.url);
    await passRefusalsOn(refusing.url, { standIn, app });
    await refusing.stop();
    await standIn.stop();
  }

  const accessToken = await registerWithRoles(latchkey, []);
  const before = app.seen.length;
  const nobody = await startBeside(`https://localhost:${await findFreePort(NOBODYS_PORT)}`);
  const stranger = await startBeside(url, certificates.wrong);
  for (const proxied of [nobody, stranger]) {
    const { status } = await fetch(proxied.url, { headers: { authorization: `Bearer ${accessToken}` } });
    assert.deepEqual([status, app.seen.length], [proxy.unreachable, before], 'without Latchkey, nobody is let in');
    await proxied.stop();
  }
  console.log(`ok: ${proxy.title} lets in users of Latchkey, programs where a scope is named, and nobody else`);
}
