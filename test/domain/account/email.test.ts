import { afterEach, describe, expect, it, vi } from 'vitest';
import { parseEmail } from '../../../src/domain/account/email.ts';

afterEach(() => vi.restoreAllMocks());

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
  ['joe@XN--I-7iq.ws', 'joe@xn--i-7iq.ws'],
  ['joe@例子。example', 'joe@xn--fsqu00a.example'],
  [`${'a'.repeat(64)}@example.org`, `${'a'.repeat(64)}@example.org`],
])('turns %j into %j, which stays the same', (typed, email) => {
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
  'joe@gm\u200dail.com',
  'joe@gm\u200cail.com',
  'jo\u200de@gmail.com',
  '\u0915\u094d\u200d\u0937@gmail.com',
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
])('refuses %j', (typed) => {
  expect(parseEmail(typed)).toBeUndefined();
});

/** RFC 5892, appendix A. */
describe('what IDNA allows in some places of a domain', () => {
  it.each([
    ['a middle dot between two l', 'joe@col\u00b7lecci\u00f3.cat', 'joe@xn--collecci-ioa91d.cat'],
    ['each of several', 'joe@l\u00b7l\u00b7l.cat', 'joe@xn--lll-lgab.cat'],
    ['the same in capitals', 'joe@COL\u00b7LECCI\u00d3.cat', 'joe@xn--collecci-ioa91d.cat'],
    ['the same as one letter with a dot', 'joe@co\u0140lecci\u00f3.cat', 'joe@xn--collecci-ioa91d.cat'],
    ['the dot of Japanese', 'joe@\u30b9\u30bf\u30fb\u30d0.jp', 'joe@xn--zckm5c1j.jp'],
    ['the same in half width', 'joe@\uff7d\uff80\uff65\uff8a\uff9e.jp', 'joe@xn--zckm5c1j.jp'],
    ['it beside Han', 'joe@\u4e00\u30fba.jp', 'joe@xn--a-hju072i.jp'],
    ['a joiner after a virama', 'joe@\u0915\u094d\u200d\u0937.in', 'joe@xn--11b2ezcw70k.in'],
    ['a non-joiner after a virama', 'joe@\u0915\u094d\u200c\u0937.in', 'joe@xn--11b2ezcs70k.in'],
    ['neither', 'joe@\u0915\u094d\u0937.in', 'joe@xn--11b2ezc.in'],
    [
      'a non-joiner between letters that would join',
      'joe@\u0646\u0627\u0645\u0647\u200c\u0627\u06cc.ir',
      'joe@xn--mgba3gch31f060k.ir',
    ],
    ['the same without it', 'joe@\u0646\u0627\u0645\u0647\u0627\u06cc.ir', 'joe@xn--mgba3gch31f.ir'],
    ['a keraia before a Greek letter', 'joe@\u0375\u03b1.gr', 'joe@xn--wva4j.gr'],
    ['a geresh after a Hebrew letter', 'joe@\u05d0\u05f3\u05d0.il', 'joe@xn--4dba8h.il'],
    ['a sharp s', 'joe@fa\u00df.de', 'joe@xn--fa-hia.de'],
    ['two s', 'joe@fass.de', 'joe@fass.de'],
    ['a final sigma', 'joe@\u03b2\u03cc\u03bb\u03bf\u03c2.com', 'joe@xn--nxasmm1c.com'],
    ['another sigma', 'joe@\u03b2\u03cc\u03bb\u03bf\u03c3.com', 'joe@xn--nxasmq6b.com'],
  ])('is %s: one account with its ASCII form', (_, typed, email) => {
    expect(parseEmail(typed)).toBe(email);
    expect(parseEmail(email)).toBe(email);
    expect(parseEmail(email.toUpperCase())).toBe(email);
  });

  it.each([
    ['a middle dot elsewhere', 'a\u00b7b', 'xn--ab-0ea'],
    ['one at the end', 'l\u00b7', 'xn--l-gda'],
    ['the dot of Japanese without Japanese', 'a\u30fbb', 'xn--ab-3n4a'],
    ['a keraia before a Latin letter', '\u0375a', 'xn--a-jib'],
    ['a geresh at the beginning', '\u05f3\u05d0', 'xn--4db3e'],
    ['a joiner between Latin letters', 'a\u200db', 'xn--ab-m1t'],
    ['a non-joiner between Latin letters', 'a\u200cb', 'xn--ab-j1t'],
    ['a joiner after an Arabic letter', '\u0628\u200d', 'xn--ngb273k'],
    ['a non-joiner after a letter that does not join', '\u0627\u200c\u0628', 'xn--mgbc799q'],
    ['a space of no width', 'a\u200bb', 'xn--ab-g1t'],
    ['a soft hyphen', 'a\u00adb', 'xn--ab-5da'],
    ['a variation selector', 'a\ufe0fb', 'xn--ab-372n'],
    ['a Hangul filler', 'a\u115fb', 'xn--ab-iuk'],
    ['a tag', 'a\u{e0061}b', 'xn--ab-u406t'],
    ['a turn of the direction', 'a\u202eb', 'xn--ab-g4t'],
    ['a mark at the beginning', '\u0301a', 'xn--a-wbb'],
    ['digits of two kinds', '\u0661\u06f1', 'xn--9hb20a'],
  ])('is not %s, in Unicode or in ASCII', (_, label, encoded) => {
    expect(parseEmail(`joe@${label}.org`)).toBeUndefined();
    expect(parseEmail(`joe@${encoded}.org`)).toBeUndefined();
  });

  it.each([
    ['what it would not encode to', 'xn--e-xbb'],
    ['plain ASCII', 'xn--gmail-'],
    ['nothing', 'xn--'],
    ['no punycode', 'xn--a'],
    ['an overflow', `xn--${'9'.repeat(59)}`],
    ['a dot', 'xn--ab-r13a'],
    ['half a surrogate pair', 'xn--a-rc4g'],
  ])('refuses an ASCII form that encodes %s', (_, encoded) => {
    expect(parseEmail(`joe@${encoded}.org`)).toBeUndefined();
    expect(parseEmail(`joe@a.${encoded}.org`)).toBeUndefined();
  });
});

describe('the length of a typed address', () => {
  it('is checked before anything that costs more', () => {
    const normalize = vi.spyOn(String.prototype, 'normalize');
    const canParse = vi.spyOn(URL, 'canParse');
    for (const typed of [
      `joe@${'\u4f8b'.repeat(16_000)}.example`,
      `joe@${'\u4f8b.'.repeat(8000)}example`,
      `${'e\u0323\u0301'.repeat(5000)}@example.org`,
      `joe@example.org${'\u0323\u0301'.repeat(8000)}`,
      'a'.repeat(1525),
    ]) {
      expect(parseEmail(typed)).toBeUndefined();
    }
    expect(normalize).not.toHaveBeenCalled();
    // NFKC lengthens the first. The second has a label, and the third a local part, that is too long.
    expect(parseEmail(`joe@${'\u337f'.repeat(100)}.org`)).toBeUndefined();
    expect(parseEmail(`joe@${'\u4f8b'.repeat(379)}.example`)).toBeUndefined();
    expect(parseEmail(`${'a'.repeat(65)}@example.org`)).toBeUndefined();
    expect(canParse).not.toHaveBeenCalled();
  });

  it('does not refuse a decomposed address, or one with space around it', () => {
    // U+1F56 in capitals is three characters that no normal form composes.
    const label = '\u1f56'.repeat(40);
    const email = parseEmail(`joe@${label}.gr`);
    expect(email).toMatch(/^joe@xn--[a-z0-9]+\.gr$/);
    expect(parseEmail(`joe@${label.normalize('NFD')}.gr`)).toBe(email);
    expect(parseEmail(`${' '.repeat(2000)}joe@${label.normalize('NFD').toUpperCase()}.GR\n`)).toBe(email);
    const local = '\u1f82'.repeat(64);
    expect(parseEmail(`${local.normalize('NFD')}@example.org`)).toBe(`${local}@example.org`);
  });

  it('is at most six units for one character, in all of Unicode', () => {
    let longest = 0;
    for (let codePoint = 0; codePoint <= 0x10ffff; codePoint += 1) {
      const character = String.fromCodePoint(codePoint);
      if (character.normalize('NFKC') !== character) continue;
      longest = Math.max(longest, character.normalize('NFD').length);
    }
    expect(longest).toBe(6);
  });
});
