import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { mutate, projectOf } from '../../../scripts/mutants/mutant.ts';
import { mutants } from '../../../scripts/mutants/list/all.ts';

it('replaces the text of a mutant that occurs once, and calls any other mutant stale', () => {
  expect(mutate('a === b', { find: '===', replace: '!==' })).toBe('a !== b');
  expect(mutate('a === b', { find: '==', replace: '$&' })).toBe('a $&= b');
  expect(mutate('a === b', { find: '>', replace: '<' })).toBeUndefined();
  expect(mutate('a > b > c', { find: '>', replace: '<' })).toBeUndefined();
  expect(mutate('a > b', { find: '>', replace: '>' })).toBeUndefined();
});

it('finds the project that runs a test', () => {
  expect(projectOf('test/scripts/a.test.ts')).toBe('node');
  expect(projectOf('test/libsql/a.test.ts')).toBe('libsql');
  expect(projectOf('test/flows/a.test.ts')).toBe('d1');
});

it.each(mutants)(
  '$file: $breaks is not stale: correct its text in scripts/mutants/ if the code has changed',
  (mutant) => {
    expect(mutate(readFileSync(mutant.file, 'utf8'), mutant)).toEqual(expect.any(String));
    expect(mutant.tests.filter((test) => !existsSync(test) || !test.endsWith('.test.ts'))).toEqual([]);
    expect(mutant.tests).not.toEqual([]);
  },
);

it('has every mutant once, each with a sentence of its own', () => {
  const edits = mutants.map(({ file, find, replace }) => JSON.stringify([file, find, replace]));
  const sentences = mutants.map(({ file, breaks }) => `${file}: ${breaks}`);
  expect(new Set(edits).size).toBe(mutants.length);
  expect(new Set(sentences).size).toBe(mutants.length);
});
