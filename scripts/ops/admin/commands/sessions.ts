import { Failure } from '../../../command.ts';
import { onAccount, parseId } from '../account.ts';
import type { Admin } from '../client.ts';
import { placeOf } from '../place.ts';
import type { Session } from '../shapes.ts';
import { count, moment, table } from '../table.ts';

/** The service lists the newest live sessions only, and there may be more. */
const LISTED = 100;

export const sessions = onAccount({
  usage: { takes: '', does: 'lists the live sessions of a user' },
  arity: [0, 0],
  prepare:
    () =>
    async (admin, { id, name }) => {
      const data = await listAll(admin, id);
      const json = { data, next: null };
      if (data.length === 0) return { json, lines: [], remark: `${name} has no live session.` };
      return { json, lines: table(HEADINGS, data.map(cellsOf)) };
    },
});

export const logout = onAccount({
  usage: { takes: '[SESSION]', does: 'ends all sessions of a user, or one' },
  arity: [0, 1],
  prepare: ({ args: [session] }) => {
    const one = session === undefined ? undefined : parseId(session, 'session');
    return async (admin, { id, name }) => {
      if (one !== undefined) {
        const live = await listAll(admin, id);
        if (live.length < LISTED && !live.some((session) => session.id === one))
          throw new Failure(`${name} has no live session with this id. It is over, or it is not theirs.`);
        const body = await admin.endSession(id, one);
        return { json: body, lines: [`Ended 1 session of ${name}${placeOf(admin)}.`] };
      }
      const body = await admin.endSessions(id);
      const { sessions_revoked: ended } = body;
      const lines = [
        ended === 0 ? `${name} has no live session.` : `Ended ${count(ended, 'session')} of ${name}${placeOf(admin)}.`,
      ];
      return { json: body, lines, isDone: ended > 0 };
    };
  },
});

const HEADINGS = ['id', 'started', 'last used', 'ends', 'network', 'country', 'device'];

const cellsOf = (session: Session) => [
  session.id,
  moment(session.started_on),
  moment(session.last_used_on),
  moment(session.expires_on),
  session.address_prefix ?? '',
  session.country ?? '',
  session.user_agent ?? '',
];

async function listAll(admin: Admin, id: string): Promise<Session[]> {
  const data: Session[] = [];
  for (let after: string | undefined; ;) {
    const page = await admin.listSessions(id, { after });
    data.push(...page.data);
    if (page.next === null || page.data.length === 0) return data;
    after = page.next;
  }
}
