import { z } from 'zod';
import { oneOf, splitList, text } from './fields.ts';

/** Notices that an operator may choose. */
export const NOTICES = ['password_changed', 'session_revoked', 'account_deleted', 'new_network'] as const;

export type Notice = (typeof NOTICES)[number];

const notices = text
  .transform(splitList)
  .refine((list): list is Notice[] => list.every((name) => NOTICES.some((notice) => notice === name)), {
    error: `must be a list of ${NOTICES.join(', ')}, comma-separated, or empty`,
  });

/** How mail is sent. `mail` is `undefined` when there is none. */
export const mail = z
  .object({
    MAIL_TRANSPORT: oneOf('none', 'log').default('none'),
    MAIL_FROM: text.default(''),
    MAIL_REPLY_TO: text.default(''),
    APP_NAME: text.default('Latchkey'),
    MAIL_NOTICES: notices.default(['password_changed', 'session_revoked', 'account_deleted']),
  })
  .transform((env) => ({
    mail:
      env.MAIL_TRANSPORT === 'none'
        ? undefined
        : {
            transport: { kind: env.MAIL_TRANSPORT },
            from: env.MAIL_FROM,
            replyTo: env.MAIL_REPLY_TO === '' ? undefined : env.MAIL_REPLY_TO,
          },
    appName: env.APP_NAME,
    notices: env.MAIL_NOTICES,
  }));
