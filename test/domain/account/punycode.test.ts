import { expect, it } from 'vitest';
import { decodePunycode } from '../../../src/domain/account/punycode.ts';

/** RFC 3492, section 7.1 (A, B, I, L and S), with letters in lower case, as a URL parser hands them on. */
it.each([
  [
    'egbpdaj6bu4bxfgehfvwxn',
    '\u0644\u064a\u0647\u0645\u0627\u0628\u062a\u0643\u0644\u0645\u0648\u0634\u0639\u0631\u0628\u064a\u061f',
  ],
  ['ihqwcrb4cv8a8dqg056pqjye', '\u4ed6\u4eec\u4e3a\u4ec0\u4e48\u4e0d\u8bf4\u4e2d\u6587'],
  [
    'b1abfaaepdrnnbgefbadotcwatmq2g4l',
    '\u043f\u043e\u0447\u0435\u043c\u0443\u0436\u0435\u043e\u043d\u0438\u043d\u0435\u0433\u043e\u0432\u043e\u0440\u044f\u0442\u043f\u043e\u0440\u0443\u0441\u0441\u043a\u0438',
  ],
  ['3b-ww4c5e180e575a65lsy2b', '3\u5e74b\u7d44\u91d1\u516b\u5148\u751f'],
  ['-> $1.00 <--', '-> $1.00 <-'],
  ['bcher-kva', 'b\u00fccher'],
  ['abc-', 'abc'],
  ['', ''],
])('decodes %j to %j', (encoded, text) => {
  expect(decodePunycode(encoded)).toBe(text);
});

it.each(['9', 'bcher-kv', 'bcher-kv!', 'bcher-KVA', '9'.repeat(59), 'a-\u00fc'])('refuses %j', (encoded) => {
  expect(decodePunycode(encoded)).toBeUndefined();
});
