import { describe, expect, it } from 'vitest';
import { findCronProblems } from '../../../scripts/ops/cron-rules.ts';

const CLEAN_UP = '*/10 * * * *';
const MAIL = '* * * * *';
const problemsOf = (crons: string[] | undefined, transport?: string) =>
  findCronProblems(crons, { MAIL_TRANSPORT: transport }, '[triggers]').map(({ problem }) => problem);

const line = 'Write crons = ["*/10 * * * *", "* * * * *"] into [triggers]';
const untidy = `must have both crons: otherwise the database is not cleaned up in time. ${line}`;
const forgetful = `must have both crons: otherwise no mail is tried again after a failure. ${line}`;

describe('the crons of a deployment', () => {
  it('must clean up every ten minutes or more often', () => {
    for (const cron of [CLEAN_UP, '*/1 * * * *', '*/5 * * * *']) expect(problemsOf([cron])).toEqual([]);
    for (const crons of [undefined, [], [MAIL], ['*/11 * * * *'], ['*/0 * * * *'], ['*/10 4 * * *'], ['0 * * * *']])
      expect(problemsOf(crons)).toEqual([untidy]);
  });

  it('must try mails again when mail is on', () => {
    expect(problemsOf([CLEAN_UP], 'none')).toEqual([]);
    expect(problemsOf([CLEAN_UP], 'cloudflare')).toEqual([forgetful]);
    expect(problemsOf([MAIL], 'cloudflare')).toEqual([untidy]);
    expect(problemsOf([CLEAN_UP, MAIL], 'cloudflare')).toEqual([]);
    expect(problemsOf([], 'cloudflare')).toEqual([
      `must have both crons: otherwise the database is not cleaned up in time, and no mail is tried again after a failure. ${line}`,
    ]);
  });
});
