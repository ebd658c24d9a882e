import { expect, it } from 'vitest';
import { findConfigProblems, parseConfig } from '../../src/config/config.ts';
import { least } from '../support/least-config.ts';

it('keeps events for 90 days, unless the configuration says another number from 1 to 3650', () => {
  expect(parseConfig(least).eventRetentionDays).toBe(90);
  for (const days of [1, 3650])
    expect(parseConfig({ ...least, EVENT_RETENTION_DAYS: String(days) }).eventRetentionDays).toBe(days);
  const problem = 'must be a whole number from 1 to 3650';
  for (const value of ['0', '3651', '', '1e2', '-1', '1.5', 'forever']) {
    expect(findConfigProblems({ ...least, EVENT_RETENTION_DAYS: value }), value).toEqual([
      { field: 'EVENT_RETENTION_DAYS', problem },
    ]);
  }
});
