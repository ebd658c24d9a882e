import type { ConfigProblem } from '../../src/config/config.ts';
import { splitList } from '../../src/config/fields.ts';
import { matchesOrigin } from '../../src/config/origin-pattern.ts';

type Values = Readonly<Record<string, unknown>>;

const transportOf = (values: Values) => values['MAIL_TRANSPORT'] ?? 'none';

/** Whether a deployment with `values` sends mail. */
export const isMailOn = (values: Values) => transportOf(values) !== 'none';

/** The secrets that the transport of `values` needs. */
export function mailSecretsOf(values: Values): string[] {
  const transport = transportOf(values);
  if (transport === 'resend' || transport === 'postmark') return ['MAIL_API_KEY'];
  return transport === 'webhook' ? ['MAIL_WEBHOOK_SECRET'] : [];
}

/** Finds what is wrong with the mail of a deployment, although the service would run. */
export function findMailProblems(values: Values): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  if (transportOf(values) === 'log') {
    const problem = 'must not be log in production: it writes links that reset passwords to the log';
    problems.push({ field: 'MAIL_TRANSPORT', problem });
  }
  if (!isMailOn(values) && values['REGISTRATION'] === 'confirm') {
    problems.push({ field: 'REGISTRATION', problem: 'must not be confirm without mail: nobody could register' });
  }
  if (String(values['MAIL_WEBHOOK_URL']).startsWith('http:')) {
    problems.push({ field: 'MAIL_WEBHOOK_URL', problem: 'must be https in production' });
  }
  if (!mayPagesCall(values)) {
    const problem = 'must allow the origin of ACCOUNT_URL: otherwise its pages cannot call the service';
    problems.push({ field: 'CORS_ORIGINS', problem });
  }
  return problems;
}

/** Whether the account pages may call the service. Those at its own origin may. A malformed URL is refused anyway. */
function mayPagesCall({ ACCOUNT_URL: pages, ISSUER: issuer, CORS_ORIGINS: allowed }: Values): boolean {
  const origin = originOf(pages);
  if (origin === undefined || origin === originOf(issuer)) return true;
  return splitList(typeof allowed === 'string' ? allowed : '').some((pattern) => matchesOrigin(pattern, origin));
}

const originOf = (url: unknown) => (typeof url === 'string' && URL.canParse(url) ? new URL(url).origin : undefined);

/** What an operator should know of the mail of a deployment, by field, although it is in order. */
export function findMailRemarks(values: Values): Record<string, string> {
  return isMailOn(values)
    ? {}
    : { MAIL_TRANSPORT: 'ok, but without mail nobody can reset a password or verify an address' };
}
