import { z as seenByRoutes } from '@hono/zod-openapi';
import { z as seenByConfig } from 'zod';
import * as whole from 'zod/v4';
import { expect, it } from 'vitest';
import { z } from '../../src/zod.ts';

const sources = import.meta.glob<string>(['/src/**/*.ts', '!/src/zod.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** Members of zod that the source uses as types only. */
const TYPES = new Set(['core', 'output']);

/** The members of `z` that the source uses as values, such as `object` or `iso.datetime`. */
const named = Object.values(sources)
  .flatMap((text) => Array.from(text.matchAll(/\bz\.(iso\.\w+|\w+)/g), ([, name = '']) => name))
  .filter((name) => name.startsWith('iso.') || (name in whole && !TYPES.has(name)));

it('serves, in these tests as after a deploy, with the part of zod in src/zod.ts', () => {
  expect(seenByRoutes).toBe(z);
  expect(seenByConfig).toBe(z);
});

it('has exactly the members of zod that the source names in src/zod.ts', () => {
  const { iso, ...rest } = z;
  const members = [...Object.keys(rest), ...Object.keys(iso).map((name) => `iso.${name}`)];
  expect(members.toSorted()).toEqual([...new Set(named)].toSorted());
});

it('takes these members unchanged from zod', () => {
  const { iso, ...rest } = z;
  for (const [name, member] of Object.entries(rest)) expect(whole, name).toHaveProperty(name, member);
  expect(whole.iso).toMatchObject(iso);
});

it.each([
  ['string', () => z.string().safeParse(1), 'Invalid input: expected string, received number'],
  ['least length', () => z.string().min(2).safeParse(''), 'Too small: expected string to have >=2 characters'],
  ['choice', () => z.enum(['on', 'off']).safeParse(''), 'Invalid option: expected one of "on"|"off"'],
  ['date', () => z.iso.datetime().safeParse(''), 'Invalid ISO datetime'],
])("says what is wrong with a %s in zod's own words", (_, parse, message) => {
  expect(parse().error?.issues).toMatchObject([{ message }]);
});
