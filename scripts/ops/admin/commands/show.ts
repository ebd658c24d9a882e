import { onAccount } from '../account.ts';
import type { Details } from '../shapes.ts';
import { sayFactors } from '../say-factors.ts';
import { fieldLines, moment } from '../table.ts';

export const show = onAccount({
  usage: { takes: '', does: 'shows all that is known about a user' },
  arity: [0, 0],
  prepare:
    () =>
    async (admin, { id }) => {
      const { body } = await admin.getUser(id);
      return { json: body, lines: fieldLines(describe(body.data)) };
    },
});

/** What the service knows of the user, in words. */
export function describe({ login, ...user }: Details): Record<string, string> {
  const time = (iso: string | null, otherwise: string) => (iso === null ? otherwise : moment(iso));
  return {
    address: user.email,
    id: user.user_id,
    registered: moment(user.registered_on),
    verified: user.email_verified ? 'yes' : 'no',
    undeliverable: time(user.undeliverable_on, 'no'),
    disabled: time(user.disabled_on, 'no'),
    administrator: user.admin ? 'yes' : 'no',
    roles: user.roles.join(', ') || 'none',
    claims: JSON.stringify(user.claims),
    language: user.locale ?? 'not known',
    password: login.password_scheme,
    'second factors': user.factors === undefined ? 'not known' : sayFactors(user.factors),
    'last login': time(login.last_login_on, 'not known'),
    'last failure': time(login.last_failed_on, 'not known'),
    'has to wait': login.waits.map(({ until, by }) => `until ${moment(until)} (${by})`).join(', ') || 'no',
    'live sessions': String(user.live_sessions),
  };
}
