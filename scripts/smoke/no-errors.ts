import assert from 'node:assert/strict';
import type { Started } from '../harness/process.ts';

/** Asserts that the service has logged no error. */
export function assertNoErrors({ output }: Started): void {
  const [line] = /^\{"level":"error".*$/m.exec(output()) ?? [];
  assert.equal(line, undefined, 'the service logged an error');
}
