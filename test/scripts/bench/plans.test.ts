import { expect, it } from 'vitest';
import { findScans } from '../../../scripts/bench/growth/scans.ts';

it('takes a step that reads a whole table, or a whole index, for a scan', () => {
  const steps = ['SCAN users', 'SCAN sessions USING COVERING INDEX sessions_user_id'];
  expect(findScans(steps)).toEqual(steps);
});

it('does not take a search, or rows that the statement has bound or selected itself, for a scan', () => {
  const made = ['MATERIALIZE limits', 'SCAN 3 CONSTANT ROWS', 'SCAN CONSTANT ROW', 'SCAN limits'];
  expect(findScans([...made, 'SEARCH users USING INDEX users_email_unique (email=?)'])).toEqual([]);
});
