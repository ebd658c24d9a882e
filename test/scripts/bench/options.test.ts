import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../scripts/command.ts';
import { parseOptions, printsCosts } from '../../../scripts/bench/options.ts';

describe('the bench', () => {
  it.each([[[]], [['--quick']], [['--quick', '--json', 'file', '--chart', 'file.svg']]])(
    'prints storage, latency and costs when it has measured everything: %j',
    (args) => {
      expect(printsCosts(parseOptions(args))).toBe(true);
    },
  );

  it.each([[['--only', 'refresh']], [['--from', 'file']], [['--markdown']]])(
    'does not print storage, latency and costs otherwise: %j',
    (args) => {
      expect(printsCosts(parseOptions(args))).toBe(false);
    },
  );

  it('measures the operations that it is asked for', () => {
    expect(parseOptions(['--only', 'refresh,verify']).only).toEqual(['refresh', 'verify']);
    expect(parseOptions(['--profile', 'login', '--of', 'floor']).profile).toEqual({
      operation: 'login',
      name: 'floor',
    });
  });

  it.each([
    [['--only', '']],
    [['--only', 'sign-in']],
    [['--profile', 'login', '--of', 'them']],
    [['refresh']],
    [['--write', '--only', 'login']],
  ])('refuses %j', (args) => {
    expect(() => parseOptions(args)).toThrow(UsageError);
  });
});

it.each([
  ['--of', 'floor'],
  ['--from', 'a.json', '--quick'],
  ['--from', 'a.json', '--only', 'verify'],
  ['--write', '--only', 'verify'],
  ['--only', 'nonsense'],
])('refuses options that would do nothing: %s %s', (...args) => {
  expect(() => parseOptions(args)).toThrow(UsageError);
});
