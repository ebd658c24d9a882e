import { expect, it } from 'vitest';
import { parseEmail } from '../../src/domain/email.ts';

it.each([
  ['joe@gmail.com', 'joe@gmail.com'],
  [' Joe.Smith+Tag@Mail.Example.COM\t', 'joe.smith+tag@mail.example.com'],
  ["o'neil!#$%&*/=?^_`{|}~-@example.org", "o'neil!#$%&*/=?^_`{|}~-@example.org"],
  ['ＪＯＥ＠ｇｍａｉｌ．ｃｏｍ', 'joe@gmail.com'],
  ['jose\u0301@example.org', 'jos\u00e9@example.org'],
  ['JOSÉ@example.org', 'josé@example.org'],
  ['\u212Aelvin@example.org', 'kelvin@example.org'],
  ['用户@例子.example', '用户@xn--fsqu00a.example'],
  ['a@xn--fsqu00a.EXAMPLE', 'a@xn--fsqu00a.example'],
  ['ΑΣ.Β@example.org', 'ασ.β@example.org'],
  ['ας.β@example.org', 'ασ.β@example.org'],
  ['joe@ΟΔΟΣ.example', 'joe@xn--pxavbq.example'],
  ['joe@例子。example', 'joe@xn--fsqu00a.example'],
  [`${'a'.repeat(64)}@example.org`, `${'a'.repeat(64)}@example.org`],
])('makes of %j the address %j, and nothing else of that', (typed, email) => {
  expect(parseEmail(typed)).toBe(email);
  expect(parseEmail(email)).toBe(email);
});

it.each([
  '',
  ' ',
  '@',
  'joe',
  'joe@',
  '@gmail.com',
  'joe@gmail',
  'joe@localhost',
  'joe@127.0.0.1',
  'joe@1',
  'joe@[::1]',
  'joe@gmail.com.',
  'joe@gmail..com',
  'joe@-gmail.com',
  'joe@gmail.com:80',
  'joe@gmail.com/path',
  'joe@gmail.com?x',
  'joe@user@gmail.com',
  '.joe@gmail.com',
  'joe.@gmail.com',
  'jo..e@gmail.com',
  'jo e@gmail.com',
  'joe@gm ail.com',
  'joe\0@gmail.com',
  'joe\u200b@gmail.com',
  'joe\ufe0f@gmail.com',
  'joe\u3164@gmail.com',
  'joe\u034f@gmail.com',
  'joe@gm\u00adail.com',
  'joe@gmail.com\0',
  'joe@gmail.com\u0001\u001f',
  'joe@gm\tail.com',
  'joe\ud800@gmail.com',
  '"joe smith"@gmail.com',
  'joe@gmail.com\nbcc:jane@gmail.com',
  '<joe@gmail.com>',
  `${'a'.repeat(65)}@example.org`,
  `a@${'b'.repeat(64)}.org`,
  `a@${'b.'.repeat(126)}org`,
])('makes no address of %j', (typed) => {
  expect(parseEmail(typed)).toBeUndefined();
});
