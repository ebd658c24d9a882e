import type { Place } from './logins.ts';
import { act, outputs } from './outputs.ts';
import { logins, showHeldToken, showLogin } from './page.ts';
import { focusSessions, hasSessions, showSessions } from './sessions.ts';

export async function askUser(): Promise<void> {
  await act(outputs.account, async () =>
    (await showLogin()) === undefined ? 'The session is over.' : 'This is what the service says now.',
  );
}

export async function logOut(scope: 'session' | 'others' | 'all'): Promise<void> {
  const done = { session: 'Logged out.', others: 'All other sessions are over.', all: 'All sessions are over.' };
  await act(outputs.account, async () => {
    await logins.client().logOut({ scope });
    if (scope === 'others' && hasSessions()) await list();
    return done[scope];
  });
}

export async function refresh(): Promise<void> {
  await act(outputs.token, async () => {
    await logins.client().refresh();
    await showHeldToken();
    return 'This is a new one, of the same session.';
  });
}

export async function listSessions(): Promise<void> {
  await act(outputs.sessions, async () => `Live sessions: ${await list()}.`);
}

async function endSession(id: string): Promise<void> {
  await act(outputs.sessions, async () => {
    await logins.client().endSession(id);
    if ((await logins.client().accessToken()) !== undefined) {
      await list();
      focusSessions();
    }
    return 'The session is over, and its access token too.';
  });
}

/** Shows the sessions, and returns how many there are. */
async function list(): Promise<number> {
  const sessions = await logins.client().sessions();
  showSessions(sessions, endSession);
  await showHeldToken();
  return sessions.length;
}

/** Keeps the tokens at `place`. There may be another login already. Returns whether that worked. */
export async function keepAt(place: Place): Promise<boolean> {
  const refusal = await act(outputs.store, async () => {
    const before = await logins.client().accessToken();
    await logins.keepAt(place);
    if ((await logins.client().accessToken()) !== before) await showLogin();
    return place === 'memory' ? 'From now on, memory.' : 'From now on, localStorage.';
  });
  return refusal === undefined;
}
