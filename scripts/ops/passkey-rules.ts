import type { ConfigProblem } from '../../src/config/config.ts';
import { splitList } from '../../src/config/fields.ts';
import { matchesOrigin } from '../../src/config/origin-pattern.ts';

type Values = Readonly<Record<string, unknown>>;

/** Suffixes of Cloudflare's under which everybody can have a name. Browsers take none as an RP ID. */
const SHARED_SUFFIXES = new Set(['workers.dev', 'pages.dev']);

/** Finds what is wrong with the passkeys of a deployment, although the service would run. */
export function findPasskeyProblems(values: Values): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const refuse = (field: string, problem: string) => problems.push({ field, problem });
  const rpId = textOf(values['RP_ID']);
  if (rpId === 'localhost') refuse('RP_ID', 'must not be localhost in production');
  else if (rpId !== '' && (!rpId.includes('.') || SHARED_SUFFIXES.has(rpId)))
    refuse('RP_ID', 'must be a domain of yours: browsers take none under which others have names too');
  const origins = splitList(textOf(values['PASSKEY_ORIGINS']));
  if (origins.some((origin) => origin.startsWith('http:'))) refuse('PASSKEY_ORIGINS', 'must be https in production');
  if (!origins.every((origin) => mayCall(origin, values)))
    refuse(
      'PASSKEY_ORIGINS',
      'must be origins that CORS_ORIGINS allows: otherwise their pages cannot call the service',
    );
  return problems;
}

/** Whether pages of `origin` may call the service. Those at its own origin may. */
function mayCall(origin: string, { ISSUER: issuer, CORS_ORIGINS: allowed }: Values): boolean {
  const own = textOf(issuer);
  if (URL.canParse(own) && new URL(own).origin === origin) return true;
  return splitList(textOf(allowed)).some((pattern) => matchesOrigin(pattern, origin));
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');

/** What an operator should know of the second factors of a deployment, by field, although they are in order. */
export function findFactorRemarks(values: Values): Record<string, string> {
  return (values['SECOND_FACTOR'] ?? 'optional') === 'optional'
    ? { SECOND_FACTOR: 'ok, but administrators can log in with a password alone: admins asks them for more' }
    : {};
}
