// npm run smoke: starts the service on an empty database, and calls it over HTTP.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Command, Failure, refuseArguments } from '../command.ts';
import { createClient } from '../harness/http-client.ts';
import { countSessions, flagsOf, startService } from '../harness/service.ts';
import { liveWithAnAccount } from './accounts.ts';
import { announceBodies } from './bodies.ts';
import { cleanUp } from './clean-up.ts';
import { useSecondFactors } from './factors.ts';
import { driveTheFourRoutes, expireAToken, registerAtOnce } from './four-routes.ts';
import { makeOAuthClient } from '../harness/oauth-client.ts';
import { importTutorialUsers } from './imported-users.ts';
import { introspectAndRevoke } from './oauth.ts';
import { letMachinesIn } from './machines.ts';
import { openPages } from './pages.ts';
import { startMailProvider } from './mail-provider.ts';
import { assertNoErrors } from './no-errors.ts';
import { refuseToRegister, registerByMail } from './registration.ts';
import { manageSessions, reuseARefreshToken } from './sessions.ts';
import { loadTextModules } from './text-modules.ts';
import { openTabs } from './tabs.ts';
import { VITEST } from '../test/vitest.ts';
import { driveByMail, driveWithOpenRegistration, startWithWebhook } from './with-mail.ts';
import { stopAll } from '../harness/process.ts';

/** Long enough for a busy machine to use a token before it expires. */
const SHORT_LIFE_SECONDS = 10;

export const command: Command = {
  usage: `npm run smoke

Starts the service with npm run dev and npm run dev:turso, on a free port and an empty database, and calls it over HTTP.
Before that, runs the tests in test/smoke.`,

  run: async (args) => {
    refuseArguments(args);
    testStarting();
    const state = mkdtempSync(join(tmpdir(), 'latchkey-smoke-'));
    try {
      await driveWithDefaults(state);
      await driveWithShortLives(state);
      await attack(join(state, 'attacked'));
      await driveOnLibsql(join(state, 'libsql-only'));
    } finally {
      await stopAll();
      // A process that was just told to stop may still be writing.
      rmSync(state, { recursive: true, force: true, maxRetries: 10 });
    }
  },
};

/** The tests that start the service in unusual ways, or wrangler several times. */
function testStarting(): void {
  const { status } = spawnSync(process.execPath, [VITEST, 'run', '--project', 'smoke'], { stdio: 'inherit' });
  if (status !== 0) throw new Failure('A test in test/smoke failed.');
}

async function driveWithDefaults(state: string): Promise<void> {
  const oauthClient = makeOAuthClient('smoke');
  const service = await startService({ state }, '--var', `OAUTH_CLIENTS:${oauthClient.entry}`);
  const client = createClient(service.url);
  await driveTheFourRoutes(client);
  await registerAtOnce(client);
  // All the rest runs in the minute that the tabs take.
  const rest = async () => {
    await driveWithOpenRegistration(service);
    await openPages(service.url);
    await manageSessions(client);
    await useSecondFactors(client);
    await introspectAndRevoke(client, oauthClient);
    await letMachinesIn(service.url, client);
    await announceBodies(service);
    await cleanUp(service);
  };
  await Promise.all([openTabs(client), rest(), driveByMail(join(state, 'by-mail'))]);
  await service.stop();
  assertNoErrors(service);
  assert.deepEqual(countSessions(state), {
    'client@example.org': 1,
    'factors@example.org': 4,
    'jane@gmail.com': 1,
    'joe@gmail.com': 2,
    'keys@example.org': 1,
    'sessions@example.org': 5,
    'stranger@example.org': 1,
    'tabs@example.org': 1,
  });
  console.log('ok: the database holds the users and sessions of these logins, and no others');
}

async function driveWithShortLives(state: string): Promise<void> {
  const vars = {
    ACCESS_TOKEN_TTL_SECONDS: String(SHORT_LIFE_SECONDS),
    REFRESH_GRACE_SECONDS: '1',
    REGISTRATION: 'closed',
  };
  const service = await startService({ state }, ...flagsOf(vars));
  const client = createClient(service.url);
  await refuseToRegister(client);
  await Promise.all([expireAToken(client, SHORT_LIFE_SECONDS), reuseARefreshToken(client, service)]);
  await importTutorialUsers(service.url, state);
  await service.stop();
}

/**
 * Hostile requests, on a database of its own, so that nothing of them can be there later. Hashes are cheap, for speed.
 */
async function attack(state: string): Promise<void> {
  loadTextModules();
  // Imported late, because it imports the service, which imports a text.
  const { ORIGIN, sendHostileRequests } = await import('./hostile-requests.ts');
  const oauthClient = makeOAuthClient('smoke');
  const vars = { OAUTH_CLIENTS: oauthClient.entry, CORS_ORIGINS: ORIGIN, PBKDF2_ITERATIONS: '1000' };
  const service = await startService({ state }, ...flagsOf(vars));
  const user = { email: 'attacked@example.org', password: 'correct horse' };
  const { accessToken: access, refreshToken: refresh } = await createClient(service.url).register(user);
  await sendHostileRequests(service.url, { addresses: [user.email], access, refresh, mailed: [], client: oauthClient });
  await service.stop();
  assertNoErrors(service);
  assert.deepEqual(countSessions(state), { [user.email]: 1 }, 'a hostile request stored something');
}

/**
 * Gets the same responses from libSQL, while D1 has no tables. A second start, with another database token, keeps the
 * users.
 */
async function driveOnLibsql(state: string): Promise<void> {
  // With the iterations of production, a busy machine hashes a hundred passwords for longer than the service waits for
  // libSQL.
  const service = await startService({ state, script: 'dev:turso' }, '--var', 'PBKDF2_ITERATIONS:1000');
  const client = createClient(service.url);
  await driveTheFourRoutes(client);
  await registerAtOnce(client);
  await manageSessions(client);
  await useSecondFactors(client);
  await letMachinesIn(service.url, client);
  await driveWithOpenRegistration(service);
  await importTutorialUsers(service.url, state);
  await service.stop();
  const again = await startWithWebhook({ state, script: 'dev:turso' }, await startMailProvider());
  await again.account.client.logIn({ email: 'joe@gmail.com', password: '123456' });
  await liveWithAnAccount(again.account, await registerByMail(again.account));
  await again.stop();
  console.log('ok: the same on libSQL, where a second start keeps users');
}
