import { describe, expect, it } from 'vitest';
import { readMarks } from '../../../scripts/migrations/marks.ts';

describe('the marks at the top of a migration', () => {
  it.each([
    ['CREATE TABLE a (b);', [], 'before'],
    ['-- A comment.\nCREATE TABLE a (b);', [], 'before'],
    ['-- run: before the code\nSELECT 1;', [], 'before'],
    ['-- run: after the code', [], 'after'],
    ['-- Why it is so.\r\n-- run: after the code\r\n-- loses: users.nickname, a\r\nSELECT 1;', ['users.nickname', 'a'], 'after'],
    ['--> statement-breakpoint\n-- loses: a\n', [], 'before'],
    ['SELECT 1;\n-- loses: a\n', [], 'before'],
  ])('of %j are read', (sql, loses, runs) => {
    expect(readMarks(sql)).toEqual({ loses, runs, problem: undefined });
  });

  it.each([
    '-- run: afterwards',
    '-- Run: after the code',
    '-- run after the code',
    '-- runs: after the code',
    '-- run: before the code\n-- run: after the code',
    'SELECT 1;\n-- run: after the code',
    'SELECT 1;--> statement-breakpoint\n  --run: after the code',
    '\uFEFF-- run: after the code\nSELECT 1;',
    '-- rum: after the code\nSELECT 1;',
    '-- after the code\r\nSELECT 1;',
    '/* run: after the code */ SELECT 1;',
    'SELECT 1; -- run: after the code',
  ])('are refused when it is not clear what %j means', (sql) => {
    expect(readMarks(sql).problem).toMatch(/^does not say clearly when it runs/);
  });
});
