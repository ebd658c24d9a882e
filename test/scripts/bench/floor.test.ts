import { describe, expect, it } from 'vitest';
import { recordStatement } from '../../../scripts/bench/compare/floor/record.ts';
import { argumentsOf } from '../../../scripts/bench/compare/floor/recorded.ts';
import { recordStatements } from '../../../scripts/bench/compare/floor/statements.ts';
import { findSession } from '../../../src/store/statements/find-session.ts';
import { rotateSession } from '../../../src/store/statements/rotate-session.ts';

const lives = { idleTtlSeconds: 2_592_000, absoluteTtlSeconds: 7_776_000, graceSeconds: 30 };
const recorded = recordStatements(lives);

describe('the floor of the bench', () => {
  it('runs the SQL of the service with the same arguments for a session', () => {
    const at = 1_700_000_000_000;
    const { absoluteTtlSeconds } = lives;
    const ours = findSession({ id: 'some-id', at: new Date(at), absoluteTtlSeconds });
    expect(recorded.findSession.sql).toBe(ours.sql);
    expect(argumentsOf(recorded.findSession, { id: 'some-id', at })).toEqual(ours.args);
  });

  it('runs the SQL of the service with the same arguments for a refresh', () => {
    const presented = { sessionId: 's', generation: 12, addressPrefix: '203.0.113.0/24', userAgent: 'curl' };
    const at = 1_700_000_000_000;
    const ours = rotateSession({ ...presented, at: new Date(at), country: null, ...lives });
    expect(recorded.rotateSession.sql).toBe(ours.sql);
    expect(argumentsOf(recorded.rotateSession, { ...presented, at })).toEqual(ours.args);
  });

  it('learns where an argument comes from, and what is added to it', () => {
    const statement = recordStatement({ id: 'x', at: 1000 }, ({ id, at }) => ({
      sql: 'SELECT ?, ?, ?',
      args: [at + 50, 'fixed', id],
    }));
    expect(argumentsOf(statement, { id: 'y', at: 7 })).toEqual([57, 'fixed', 'y']);
  });

  it('refuses a statement whose SQL depends on a value', () => {
    const make = ({ id }: { id: string }) => ({ sql: `SELECT '${id}'`, args: [] });
    expect(() => recordStatement({ id: 'x' }, make)).toThrow('depends on id');
  });
});
