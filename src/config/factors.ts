import { z } from 'zod';
import { isSecure, oneOf, splitList, text } from './fields.ts';

/** A domain name as a host has it, or `localhost`: what WebAuthn takes as an RP ID. */
const RP_ID = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z][a-z0-9-]{0,62}$/;

const fields = z.object({
  SECOND_FACTOR: oneOf('optional', 'admins', 'required').default('optional'),
  RP_ID: text
    .refine((value) => value === '' || (RP_ID.test(value) && value.length <= 253), {
      error: 'must be a domain such as example.org, without scheme and port',
    })
    .default(''),
  PASSKEY_ORIGINS: text
    .transform(splitList)
    .refine((list) => list.every(isPageOrigin), {
      error: 'must be https origins such as https://app.example.org, comma-separated (http on localhost only)',
    })
    .default([]),
  // `core` and `accounts` check these.
  ISSUER: z.unknown().optional(),
  ACCOUNT_URL: z.unknown().optional(),
});

/**
 * Who needs a second factor, and where passkeys work: `rpId` is the domain that they belong to (WebAuthn level 3, section
 * 5.1), and `passkeyOrigins` are those of the pages that may use them.
 */
export const factors = fields.transform((env, context) => {
  const refuse = (field: keyof typeof env, message: string) =>
    context.addIssue({ code: 'custom', path: [field], message });
  const issuer = urlOf(env.ISSUER);
  const rpId = env.RP_ID === '' ? (issuer?.hostname ?? '') : env.RP_ID;
  const given = env.PASSKEY_ORIGINS;
  if (!given.every((origin) => isWithin(new URL(origin), rpId)))
    refuse('PASSKEY_ORIGINS', 'must be on RP_ID, or on subdomains of it');
  const own = [issuer, urlOf(env.ACCOUNT_URL)].filter((url) => url !== undefined && isWithin(url, rpId));
  const passkeyOrigins = new Set([...own.map((url) => url?.origin ?? ''), ...given]);
  if (env.RP_ID !== '' && passkeyOrigins.size === 0)
    refuse('RP_ID', 'must be the host of ISSUER or a domain above it, or PASSKEY_ORIGINS must say where passkeys work');
  return { secondFactor: env.SECOND_FACTOR, rpId, passkeyOrigins: [...passkeyOrigins] };
});

const isWithin = ({ hostname }: URL, rpId: string) => hostname === rpId || hostname.endsWith(`.${rpId}`);

function urlOf(value: unknown): URL | undefined {
  return typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
}

function isPageOrigin(value: string): boolean {
  return URL.canParse(value) && new URL(value).origin === value && isSecure(new URL(value));
}
