import { expect, it } from 'vitest';
import { nameOriginals } from '../../../scripts/bundle/original.ts';

// "AAAA" and "UACE": column 0 is line 1, column 1 of the source, and column 10 is line 2, column 3.
const map = { version: 3, sources: ['../src/log.ts'], names: [], mappings: 'AAAA,UACE' };

it('names the lines of the source that a stack in the log means', () => {
  const line = '{"stack":["at t (index.js:1:1)","at async n (index.js:1:15)"]}';
  expect(nameOriginals(line, map)).toBe('{"stack":["at t (src/log.ts:1:1)","at async n (src/log.ts:2:3)"]}');
});

it('keeps what the source map does not know, and all else', () => {
  const line = '{"route":"/ready","stack":["at t (index.js:2:1)","at fetch (other.js:1:1)"]}';
  expect(nameOriginals(line, map)).toBe(line);
});
