// npm run smoke: starts the service as the README does, and calls it over HTTP.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Command, refuseArguments } from '../command.ts';
import { createClient } from '../harness/http-client.ts';
import { countSessions, startService } from '../harness/service.ts';
import { announceBodies } from './bodies.ts';
import { cleanUp } from './clean-up.ts';
import { driveExamples } from './examples.ts';
import { driveTheFourRoutes, expireAToken, registerAtOnce } from './four-routes.ts';
import { sendMalformedRequests } from './malformed-requests.ts';
import { introspectAndRevoke } from './oauth.ts';
import { manageSessions, reuseARefreshToken } from './sessions.ts';
import { openTabs } from './tabs.ts';
import { stopAll } from '../harness/process.ts';

export const command: Command = {
  usage: `npm run smoke

Starts the service as the README does, on a free port and an empty database, and calls it over HTTP.`,

  run: async (args) => {
    refuseArguments(args);
    const state = mkdtempSync(join(tmpdir(), 'latchkey-smoke-'));
    try {
      await driveWithDefaults(state);
      await driveWithShortLives(state);
      await driveOnLibsql(join(state, 'libsql-only'));
    } finally {
      await stopAll();
      // A process that was just told to stop may still be writing.
      rmSync(state, { recursive: true, force: true, maxRetries: 10 });
    }
  },
};

async function driveWithDefaults(state: string): Promise<void> {
  const oauthClient = { id: 'smoke', secret: randomBytes(32).toString('base64url') };
  const hash = createHash('sha256').update(oauthClient.secret).digest('base64url');
  const service = await startService({ state }, '--var', `OAUTH_CLIENTS:${oauthClient.id}:${hash}`);
  const client = createClient(service.url);
  await driveTheFourRoutes(client);
  await registerAtOnce(client);
  // The minute of the tabs is long enough for all the rest.
  const rest = async () => {
    await manageSessions(client);
    await introspectAndRevoke(client, oauthClient);
    await announceBodies(service);
    await cleanUp(service);
    await driveExamples(service, state);
    await sendMalformedRequests(client);
  };
  await Promise.all([openTabs(client), rest()]);
  await service.stop();
  const [failure] = /^\{"level":"error".*$/m.exec(service.output()) ?? [];
  assert.equal(failure, undefined, "nothing was the service's fault");
  assert.deepEqual(countSessions(state), {
    'client@example.org': 1,
    'jane@gmail.com': 1,
    'joe@gmail.com': 2,
    'protected@example.org': 1,
    'sessions@example.org': 5,
    'stranger@example.org': 1,
    'tabs@example.org': 1,
  });
  console.log('ok: the database holds these users and their logins, and nothing else was stored');
}

async function driveWithShortLives(state: string): Promise<void> {
  const flags = ['--var', 'ACCESS_TOKEN_TTL_SECONDS:4', '--var', 'REFRESH_GRACE_SECONDS:1'];
  const service = await startService({ state }, ...flags);
  const client = createClient(service.url);
  await Promise.all([expireAToken(client, 4), reuseARefreshToken(client, service)]);
  await service.stop();
}

/** The same answers, while D1 has no tables. A second start, with another token and perhaps another port, keeps users. */
async function driveOnLibsql(state: string): Promise<void> {
  const service = await startService({ state, script: 'dev:turso' });
  const client = createClient(service.url);
  await driveTheFourRoutes(client);
  await registerAtOnce(client);
  await manageSessions(client);
  await service.stop();
  const again = await startService({ state, script: 'dev:turso' });
  await createClient(again.url).logIn({ email: 'joe@gmail.com', password: '123456' });
  await again.stop();
  console.log('ok: the same on libSQL, where a second start keeps users');
}
