import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { Failure } from '../../../../scripts/command.ts';
import { confirm } from '../../../../scripts/ops/admin/confirm.ts';
import { displayWidth, printable, printableJson } from '../../../../scripts/ops/admin/printable.ts';
import { moment, startTable } from '../../../../scripts/ops/admin/table.ts';

it('escapes what a terminal may obey or hide', () => {
  expect(printable('a\u001b[2J\r\n\u0000\u007f\u009b\u202e\u2028\ufeff\ud800')).toBe(
    'a\\u{1b}[2J\\u{d}\\u{a}\\u{0}\\u{7f}\\u{9b}\\u{202e}\\u{2028}\\u{feff}\\u{d800}',
  );
  expect(printable('José 日本 🎉')).toBe('José 日本 🎉');
});

it('escapes them in JSON, which stays the same document', () => {
  const value = { 'a\u007f': 'x\u009b\u202e\u{e0041}\ud800\n"', list: [1, null] };
  const json = printableJson(value, 2);
  expect(JSON.parse(json)).toEqual(value);
  expect(json.replaceAll('\n', '')).not.toMatch(/\p{C}/u);
});

it('aligns columns by the width on the terminal, and cuts nothing', () => {
  expect(displayWidth('日本e\u0301ｱ🎉')).toBe(8);
  const table = startTable(['a', 'b']);
  const long = 'x'.repeat(500);
  expect(
    table([
      ['日本', long],
      ['e\u0301', ''],
    ]),
  ).toEqual(['a     b', `日本  ${long}`, 'e\u0301']);
  expect(table([['1', '2']])).toEqual(['1     2']);
});

it('prints moments to the second, and other text as it is', () => {
  expect(moment('2026-11-26T10:00:00.123Z')).toBe('2026-11-26 10:00:00Z');
  expect(moment('never')).toBe('never');
});

it.each([
  ['y\n', true],
  ['YES\n', true],
  ['n\n', false],
  ['\n', false],
  ['yesterday\n', false],
  // The end of the input, as Ctrl-D makes it.
  [undefined, false],
])('takes the answer %j for a yes: %s', async (answer, isYes) => {
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const stderr = new PassThrough();
  const asked = confirm('Delete a\u001b?', false, { stdin, stderr }).then(
    () => 'yes',
    (error: unknown) => error,
  );
  stdin.end(answer);
  expect(await asked).toEqual(isYes ? 'yes' : new Failure('Nothing was changed.'));
  expect(String(stderr.read())).toContain('Delete a\\u{1b}? [y/N] ');
});
