import { describe, expect, it } from 'vitest';
import { orderMigrations } from '../../../scripts/deploy/order.ts';

const before = (name: string) => ({ name, runs: 'before' as const });
const after = (name: string) => ({ name, runs: 'after' as const });
const all = [before('0'), before('1'), before('2'), after('3'), after('4')];

describe('the order of migrations and code', () => {
  it.each([
    ['nothing is pending', [], { before: [], after: [] }],
    ['some run before the code', ['1', '2'], { before: ['1', '2'], after: [] }],
    ['some run after the code', ['4'], { before: [], after: ['4'] }],
    ['some run before and some after', ['2', '3', '4'], { before: ['2'], after: ['3', '4'] }],
    [
      'the database is empty, so that no code runs on it',
      ['0', '1', '2', '3', '4'],
      { before: ['0', '1', '2', '3', '4'], after: [] },
    ],
    ['the deploy makes the database', undefined, { before: [], after: ['0', '1', '2', '3', '4'] }],
  ])('is right when %s', (_, pending, order) => {
    expect(orderMigrations(all, pending)).toEqual(order);
  });

  it('is refused when one deploy cannot keep it, with both names', () => {
    expect(() => orderMigrations([before('0'), after('1.sql'), before('2.sql')], ['1.sql', '2.sql'])).toThrow(
      /^2\.sql must run before the code, but 1\.sql comes earlier and must run after the code\./,
    );
    expect(orderMigrations([before('0'), after('1.sql'), before('2.sql')], ['2.sql'])).toEqual({
      before: ['2.sql'],
      after: [],
    });
  });
});
