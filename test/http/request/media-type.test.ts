import { expect, it } from 'vitest';
import { parseMediaType } from '../../../src/http/request/media-type.ts';

it.each([
  ['application/json', 'application/json'],
  ['APPLICATION/Json', 'application/json'],
  ['application/json;charset=utf-8', 'application/json'],
  ['application/json \t;\t charset=utf-8 \t', 'application/json'],
  ['application/json;', 'application/json'],
  ['application/json; ; ;', 'application/json'],
  ['application/json; a.b=c; d-e=1.5', 'application/json'],
  ['application/json; a="b; c, \\"d\\\\ \u00e9"', 'application/json'],
  ['application/json; a=""', 'application/json'],
  ["a!#$%&'*+.^_`|~-/b; c!=d^", "a!#$%&'*+.^_`|~-/b"],
  ['application/vnd.api+json', 'application/vnd.api+json'],
  [`a/b;${' '.repeat(1020)}`, 'a/b'],
])('reads %j as %j', (header, type) => {
  expect(parseMediaType(header)).toBe(type);
});

it.each([
  '',
  ' ',
  'application',
  'application/',
  '/json',
  'application/json/x',
  'application / json',
  'application/json, text/plain',
  'application/json; charset',
  'application/json; charset=',
  'application/json; charset= utf-8',
  'application/json; charset =utf-8',
  'application/json; =utf-8',
  'application/json; charset=utf-8 x',
  'application/json; charset="utf-8',
  'application/json; charset="utf-8"x',
  'application/json; charset="a\\"',
  'application/json; charset="\x7f"',
  'application/json; charset="\x01"',
  'application/json; charset=\u00e9',
  'application/json charset=utf-8',
  `a/b;${' '.repeat(1021)}`,
])('does not take %j for a media type', (header) => {
  expect(parseMediaType(header)).toBeUndefined();
});
