import { z } from 'zod';
import { isBinding, isLoopback, isSecure, NOT_BOUND, oneOf, splitList, text } from './fields.ts';
import { parseMailbox } from './mailbox.ts';

/** Notices that an operator may choose. */
export const NOTICES = [
  'password_changed',
  'session_revoked',
  'key_created',
  'factor_added',
  'factor_removed',
  'recovery_codes_made',
  'recovery_code_used',
  'account_deleted',
  'new_network',
] as const;

export type Notice = (typeof NOTICES)[number];

const notices = text
  .transform(splitList)
  .refine((list): list is Notice[] => list.every((name) => NOTICES.some((notice) => notice === name)), {
    error: `must be a list of ${NOTICES.join(', ')}, comma-separated, or empty`,
  });

const mailbox = text
  .refine((value) => value === '' || parseMailbox(value) !== undefined, {
    error: 'must be an address such as accounts@example.org or Example <accounts@example.org>',
  })
  .transform(parseMailbox);

const appName = text.regex(/^(?! )[^\p{Cc}\p{Zl}\p{Zp}]{1,64}(?<! )$/u, {
  error: 'must be 1 to 64 characters, without line breaks and other control characters',
});

const apiKey = text.regex(/^[\x21-\x7e]{0,256}$/, { error: 'must be a key as it goes into a header' });

const webhookUrl = text.refine((value) => value === '' || isWebhookUrl(value), {
  error: 'must be an https URL without credentials and fragment (http on localhost only)',
});

const webhookSecret = text.refine((value) => value === '' || isWebhookSecret(value), {
  error: 'must be whsec_ and 24 to 64 bytes in base64',
});

const fields = z.object({
  MAIL_TRANSPORT: oneOf('none', 'log', 'cloudflare', 'resend', 'postmark', 'webhook').default('none'),
  MAIL_FROM: mailbox.optional(),
  MAIL_REPLY_TO: mailbox.optional(),
  APP_NAME: appName.default('Latchkey'),
  MAIL_NOTICES: notices.default(NOTICES.filter((name) => name !== 'new_network')),
  MAIL_API_KEY: apiKey.default(''),
  MAIL_WEBHOOK_URL: webhookUrl.default(''),
  MAIL_WEBHOOK_SECRET: webhookSecret.default(''),
  MAIL: z.unknown().optional(),
  // `core` checks it.
  ISSUER: z.unknown().optional(),
});

/** The sender that `log` shows when none is configured. */
const NOBODY = { name: undefined, email: 'no-reply@localhost' };

/** How mail is sent, and by whom. `mail` is `undefined` when there is none. */
export const mail = fields.transform((env, context) => {
  const refuse = (field: keyof typeof env, message: string) =>
    context.addIssue({ code: 'custom', path: [field], message });
  const transport = transportOf(env, refuse);
  const needsSender = transport !== undefined && transport.kind !== 'log';
  if (needsSender && env.MAIL_FROM === undefined) refuse('MAIL_FROM', neededBy(env));
  return {
    mail: transport && { transport, from: env.MAIL_FROM ?? NOBODY, replyTo: env.MAIL_REPLY_TO },
    appName: env.APP_NAME,
    notices: env.MAIL_NOTICES,
  };
});

type Fields = z.output<typeof fields>;

/** The transport with what it needs. Refuses what is missing. */
function transportOf(env: Fields, refuse: (field: keyof Fields, message: string) => void) {
  const need = (field: 'MAIL_API_KEY' | 'MAIL_WEBHOOK_URL' | 'MAIL_WEBHOOK_SECRET') => {
    if (env[field] === '') refuse(field, neededBy(env));
    return env[field];
  };
  const kind = env.MAIL_TRANSPORT;
  if (kind === 'none') return undefined;
  if (kind === 'resend' || kind === 'postmark') return { kind, apiKey: need('MAIL_API_KEY') };
  if (kind === 'webhook') return { kind, url: need('MAIL_WEBHOOK_URL'), secret: need('MAIL_WEBHOOK_SECRET') };
  if (kind === 'cloudflare' && !isBinding(env.MAIL)) refuse('MAIL', NOT_BOUND);
  // It prints links that reset passwords.
  if (kind === 'log' && !isOnLocalhost(env.ISSUER))
    refuse('MAIL_TRANSPORT', 'must not be log: ISSUER is not on localhost');
  return { kind };
}

const neededBy = ({ MAIL_TRANSPORT: kind }: Fields) => `is missing: MAIL_TRANSPORT=${kind} needs it`;

const isOnLocalhost = (issuer: unknown) =>
  typeof issuer === 'string' && URL.canParse(issuer) && isLoopback(new URL(issuer));

function isWebhookUrl(value: string): boolean {
  if (!/^https?:\/\/[^#\s\\]+$/.test(value) || !URL.canParse(value)) return false;
  const url = new URL(value);
  return isSecure(url) && url.username === '' && url.password === '';
}

/** Standard Webhooks wants 24 to 64 random bytes. */
function isWebhookSecret(value: string): boolean {
  const [, base64] = /^whsec_(.+)$/.exec(value) ?? [];
  if (base64 === undefined || !z.base64().safeParse(base64).success) return false;
  const { length } = atob(base64);
  return length >= 24 && length <= 64;
}
