import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { childrenOf, cpuOf, parseStat } from '../../../scripts/bench/compare/process-cpu.ts';

const rest = 'S 17 42 42 0 -1 4194560 1 0 0 0 250 50 0 0 20 0 9 0 1 2 3';

it('reads the parent and the processor time, user and system, from the stat of a process', () => {
  expect(parseStat(`42 (workerd) ${rest}`)).toEqual({ program: 'workerd', parent: 17, cpuMicroseconds: 3_000_000 });
});

it('reads a program whose name has spaces and brackets', () => {
  expect(parseStat(`42 (a (b) c) ${rest}`)).toMatchObject({ program: 'a (b) c', parent: 17 });
});

it('refuses a text that is not the stat of a process', () => {
  expect(() => parseStat('')).toThrow(TypeError);
});

it.runIf(process.platform === 'linux')('reads the processor time of this process, and finds it by its parent', () => {
  const { program, parent } = parseStat(readFileSync('/proc/self/stat', 'utf8'));
  expect(cpuOf(process.pid)).toBeGreaterThan(0);
  expect(childrenOf(parent, program)).toContain(process.pid);
  expect(childrenOf(parent, 'no such program')).toEqual([]);
});
