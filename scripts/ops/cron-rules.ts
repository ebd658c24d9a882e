import type { ConfigProblem } from '../../src/config/config.ts';
import { isMailOn } from './mail-rules.ts';

/** The cron that sends mails whose first try failed. */
const MAIL_CRON = '* * * * *';

/** The line of wrangler.toml with both crons. The other one cleans up. */
const LINE = `crons = ["*/10 * * * *", "${MAIL_CRON}"]`;

/** Every ten minutes or more often: `src/domain/clean-up.ts` derives from that how much a run must be able to delete. */
const CLEANS_UP = /^\*\/([1-9]|10) \* \* \* \*$/;

/**
 * Finds a cron that the deployment needs and `crons` lacks. Without any, a deploy leaves those that the Worker has, which
 * may be those of an older version. `section` is the table of the configuration file that has them.
 */
export function findCronProblems(
  crons: string[] | undefined,
  values: Readonly<Record<string, unknown>>,
  section: string,
): ConfigProblem[] {
  const lacks: string[] = [];
  if (!crons?.some((cron) => CLEANS_UP.test(cron))) lacks.push('the database is not cleaned up in time');
  if (isMailOn(values) && !crons?.includes(MAIL_CRON)) lacks.push('no mail is tried again after a failure');
  if (lacks.length === 0) return [];
  return [
    {
      field: 'crons',
      problem: `must have both crons: otherwise ${lacks.join(', and ')}. Write ${LINE} into ${section}`,
    },
  ];
}
