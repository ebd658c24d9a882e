import { UsageError } from '../../../command.ts';
import type { Admin } from '../client.ts';
import { parseNumber } from '../parse-number.ts';
import type { User } from '../shapes.ts';
import { moment, table } from '../table.ts';
import type { OperatorCommand } from '../operator-command.ts';

/** As many come in one response at most. */
const PAGE = 100;

export const find: OperatorCommand = {
  usage: {
    takes: '[PART] [--role R] [--admin] [--disabled] [--unverified] [--limit N]',
    does: 'lists users: by the beginning of an address, or @ and that of a domain',
  },
  arity: [0, 1],
  options: ['role', 'admin', 'disabled', 'unverified', 'limit'],
  prepare: ({ args: [part], options }) => {
    if ((options.role?.length ?? 0) > 1) throw new UsageError('Give one role.');
    const limit = parseNumber('limit', options.limit, PAGE);
    const query = { email: part, role: options.role?.[0], ...flagsOf(options) };
    const nobody = sayNobody(query);
    return async (admin) => {
      const { data, next } = await findUsers(admin, query, limit);
      const remark = next === null ? undefined : `There are more. Give more of the address, or --limit N.`;
      if (data.length === 0) return { json: { data, next }, lines: [], remark: nobody, isDone: false };
      return { json: { data, next }, lines: table(HEADINGS, data.map(cellsOf)), remark };
    };
  },
};

/** What to say when no user matches. A newcomer may expect to find the middle of an address. */
function sayNobody({ email, ...filters }: { email: string | undefined; [filter: string]: string | undefined }): string {
  const isFiltered = Object.values(filters).some((value) => value !== undefined);
  if (email === undefined || isFiltered) return 'No user matches.';
  if (email.startsWith('@')) return `No address has a domain that begins with ${email.slice(1)}.`;
  return `No address begins with ${email}.`;
}

const HEADINGS = ['address', 'id', 'registered', 'state', 'roles'];

const cellsOf = (user: User) => [
  user.email,
  user.user_id,
  moment(user.registered_on),
  statesOf(user).join(', '),
  user.roles.join(', '),
];

function statesOf(user: User): string[] {
  const states = {
    disabled: user.disabled_on !== null,
    admin: user.admin,
    unverified: !user.email_verified,
    'second factor': user.second_factor === true,
  };
  return Object.entries(states).flatMap(([state, applies]) => (applies ? [state] : []));
}

const flagsOf = ({ admin, disabled, unverified }: { admin?: boolean; disabled?: boolean; unverified?: boolean }) =>
  Object.fromEntries(
    Object.entries({ admin, disabled, unverified }).flatMap(([name, is]) => (is === true ? [[name, 'true']] : [])),
  );

/** At most `limit` users, of as many pages as that takes, and the cursor after them. */
async function findUsers(admin: Admin, query: Record<string, string | undefined>, limit: number) {
  const data: User[] = [];
  let next: string | null = null;
  do {
    const size = String(Math.min(limit - data.length, PAGE));
    const page = await admin.findUsers({ ...query, limit: size, after: next ?? undefined });
    data.push(...page.data);
    next = page.data.length === 0 ? null : page.next;
  } while (next !== null && data.length < limit);
  return { data, next };
}
