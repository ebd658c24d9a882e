import { administer } from './administer.ts';
import { administratorId } from './administration.ts';
import { callAdmin } from './admin-call.ts';
import { onClick } from './dom.ts';
import { type Fields, listOf, textOf } from './fields.ts';
import { onSend } from './forms.ts';
import { showLogin } from './page.ts';
import { parseSession, showSessions } from './sessions.ts';
import { focusSubject, showSubject, type Subject } from './subject.ts';

let subject: Subject | undefined;

/** The id of the user that is shown. */
export const subjectId = () => subject?.id ?? '';

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
  onDo('disable', () => change({ disabled: subject?.isDisabled !== true }));
  onDo('unlock', async () => {
    const { body } = await callAdmin(path('/unlock'), { method: 'POST' });
    return `Counters of attempts that are forgotten: ${String(body['attempts_forgotten'])}.`;
  });
  onDo('end-subject-sessions', async () => wordsOf((await callAdmin(path('/sessions'), { method: 'DELETE' })).body));
  onClick('list-subject-sessions', async () => {
    await administer(async () => `Live sessions: ${await list()}.`);
  });
  onSend('change-roles', (field) => {
    const roles = field('roles')
      .split(/[\s,]+/)
      .filter((role) => role !== '');
    return administer(() => doAndRead(() => change({ roles })));
  });
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
  const { body, tag } = await callAdmin(`users/${encodeURIComponent(id)}`);
  subject = showSubject(body['data'], tag);
}

/** Changes the user unless somebody else has meanwhile. */
async function change(fields: Fields): Promise<string> {
  return wordsOf((await callAdmin(path(), { method: 'PATCH', fields, tag: subject?.tag })).body);
}

/** Shows the sessions of the user, and returns how many there are. */
async function list(): Promise<number> {
  const { body } = await callAdmin(path('/sessions'));
  const sessions = listOf(body, 'data').map(parseSession);
  showSessions(sessions, endSession, 'subject-sessions');
  return sessions.length;
}

async function endSession(session: string): Promise<void> {
  await administer(async () => {
    const end = async () => {
      await callAdmin(path(`/sessions/${encodeURIComponent(session)}`), { method: 'DELETE' });
      return 'The session is over.';
    };
    const done = await doAndRead(end);
    if (administratorId() === undefined) return done;
    await list();
    focusSubject();
    return done;
  });
}

const path = (rest = '') => `users/${encodeURIComponent(subjectId())}${rest}`;

const wordsOf = (body: Fields) =>
  `${textOf(body, 'message') ?? ''} Sessions that have ended: ${String(body['sessions_revoked'])}.`;
