import type { AdminUserDetails, UserChanges } from 'latchkey-client/admin';
import { admin, administer } from './administer.ts';
import { administratorId } from './administration.ts';
import { onClick } from './dom.ts';
import { onSend, wordsIn } from './forms.ts';
import { showLogin } from './page.ts';
import { showSessions } from './sessions.ts';
import { focusSubject, isDisabled, showSubject } from './subject.ts';

let subject: { user: AdminUserDetails; etag: string } | undefined;

/** The id of the user that is shown. */
export const subjectId = () => subject?.user.user_id ?? '';

/** Shows the user `id`, and goes there. */
export function lookAt(id: string): void {
  const look = async () => {
    await read(id);
    focusSubject();
    return 'This is the user now.';
  };
  administer(look).catch(reportError);
}

/** Connects what an administrator can do with the user that is shown. */
export function connectSubject(): void {
  onClick('read-subject', () => lookAt(subjectId()));
  onDo('disable', () => change({ disabled: !isDisabled(subject?.user) }));
  onDo('unlock', async () => {
    const { attemptsForgotten: count } = await admin.users.unlock(subjectId());
    return `Counters of attempts that are forgotten: ${count}.`;
  });
  onDo('end-subject-sessions', async () => wordsOf(await admin.users.revokeSessions(subjectId())));
  onClick('list-subject-sessions', async () => {
    await administer(async () => `Live sessions: ${await list()}.`);
  });
  onSend('change-roles', (field) => administer(() => doAndRead(() => change({ roles: wordsIn(field('roles')) }))));
}

const onDo = (button: string, work: () => Promise<string>) =>
  onClick(button, async () => void (await administer(() => doAndRead(work))));

/** Does `work`, and shows the user again. Whoever has changed themselves may be no administrator any more. */
async function doAndRead(work: () => Promise<string>): Promise<string> {
  const id = subjectId();
  const done = await work();
  const mayGoOn = id !== administratorId() || (await showLogin())?.admin === true;
  if (mayGoOn) await read(id);
  return done;
}

async function read(id: string): Promise<void> {
  subject = await admin.users.get(id);
  showSubject(subject.user);
}

/** Changes the user unless somebody else has meanwhile. */
async function change(changes: UserChanges): Promise<string> {
  const options = subject === undefined ? {} : { ifMatch: subject.etag };
  return `User changed. ${wordsOf(await admin.users.change(subjectId(), changes, options))}`;
}

/** Shows the sessions of the user, and returns how many there are. */
async function list(): Promise<number> {
  const sessions = await admin.users.sessions(subjectId());
  showSessions(sessions, endSession, 'subject-sessions');
  return sessions.length;
}

async function endSession(session: string): Promise<void> {
  const end = async () => {
    await admin.users.revokeSession(subjectId(), session);
    return 'The session is over.';
  };
  await administer(async () => {
    const done = await doAndRead(end);
    if (administratorId() === undefined) return done;
    await list();
    focusSubject();
    return done;
  });
}

const wordsOf = ({ sessionsRevoked: count }: { sessionsRevoked: number }) => `Sessions that have ended: ${count}.`;
