import type { ConfigProblem } from '../../src/config/config.ts';

type Values = Readonly<Record<string, unknown>>;

/** Finds what is wrong with the mail of a deployment, although the service would run. */
export function findMailProblems(values: Values): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const transport = values['MAIL_TRANSPORT'] ?? 'none';
  if (transport === 'log') {
    const problem = 'must not be log in production: it writes links that reset passwords to the log';
    problems.push({ field: 'MAIL_TRANSPORT', problem });
  }
  if (transport === 'none' && values['REGISTRATION'] === 'confirm') {
    problems.push({ field: 'REGISTRATION', problem: 'must not be confirm without mail: nobody could register' });
  }
  if (String(values['MAIL_WEBHOOK_URL']).startsWith('http:')) {
    problems.push({ field: 'MAIL_WEBHOOK_URL', problem: 'must be https in production' });
  }
  return problems;
}

/** What an operator should know of the mail of a deployment, by field, although it is in order. */
export function findMailRemarks(values: Values): Record<string, string> {
  const isNone = (values['MAIL_TRANSPORT'] ?? 'none') === 'none';
  return isNone ? { MAIL_TRANSPORT: 'ok, but without mail nobody can reset a password or verify an address' } : {};
}
