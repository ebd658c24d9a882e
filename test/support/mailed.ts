import { codeOf, startWithMail, tokenOf } from './mailbox.ts';
import { bearer, joe } from './service.ts';
import type { Letter } from '../../src/mail/letter.ts';

/** What a mail carries. */
export type Mailed = { token: string; code: string };

/** The bindings of a service whose mail provider takes every mail, unless `isDown()`. */
export const withMail = (isDown = () => false): object => ({
  MAIL_TRANSPORT: 'cloudflare',
  MAIL_FROM: 'accounts@example.org',
  MAIL: { send: async () => (isDown() ? fail() : { messageId: '' }) },
});

function fail(): never {
  throw new Error('injected');
}

type Mailbox = ReturnType<typeof startWithMail>;

/** The address of a registration that begins with a mail. */
export const NEWCOMER = 'jane@gmail.com';

/** The address that joe asks for. */
export const OTHER_ADDRESS = 'joe@example.net';

/** By the path of the route that redeems it: has joe, who has `access`, get a mail. Another route redeems none. */
const asks: Record<string, (box: Mailbox, access: string) => Promise<Letter>> = {
  '/auth/register/confirm': async ({ register, letter }) => {
    await register({ email: NEWCOMER });
    return letter('register', NEWCOMER);
  },
  '/auth/email/verify': async ({ post, letter }, access) => {
    await post('/auth/email/verification', {}, bearer(access));
    return letter('verify_email', joe.email);
  },
  '/auth/password/reset/confirm': async ({ post, letter }) => {
    await post('/auth/password/reset', { email: joe.email });
    return letter('reset_password', joe.email);
  },
  '/auth/email/confirm': async ({ post, letter }, access) => {
    await post('/auth/email', { new_email: OTHER_ADDRESS, password: joe.password }, bearer(access));
    return letter('change_email', OTHER_ADDRESS);
  },
  '/auth/email/undo': async (box, access) => {
    const confirm = async (path: string) => box.post(path, await mailTo(box, path, access));
    await confirm('/auth/email/verify');
    await confirm('/auth/email/confirm');
    return box.letter('email_changed', joe.email);
  },
};

const mailbox = startWithMail({ env: { REGISTRATION: 'confirm' } });

/** The paths of the routes that redeem what a mail carries. */
export const redeemingPaths = Object.keys(asks);

/** Has the service send what the route at `path` redeems. joe has an account and `access`. */
export async function mailFor(path: string, access: string): Promise<Mailed> {
  const letter = await asks[path]?.(mailbox, access);
  return letter === undefined ? { token: '', code: '' } : { token: tokenOf(letter), code: codeOf(letter) };
}

async function mailTo(box: Mailbox, path: string, access: string): Promise<{ token: string }> {
  const letter = await asks[path]?.(box, access);
  return { token: letter === undefined ? '' : tokenOf(letter) };
}
