import { expect, it } from 'vitest';
import { findNearest } from '../../scripts/nearest.ts';

const names = ['why', 'find', 'disable', 'enable', 'secrets-file'];

it.each([
  ['disabel', 'disable'],
  ['wyh', 'why'],
  ['finds', 'find'],
  ['secret-file', 'secrets-file'],
  ['secretsfile', 'secrets-file'],
  ['who', 'why'],
])('takes %s for a misspelling of %s', (word, name) => {
  expect(findNearest(word, names)).toBe(name);
});

it.each(['', 'hunter2', 'list', 'constructor', 'x'.repeat(100_000)])('finds no name near "%.20s"', (word) => {
  expect(findNearest(word, names)).toBeUndefined();
});
