import {
  array,
  base64,
  boolean,
  custom,
  enum as oneOf,
  int,
  iso,
  literal,
  NEVER,
  null as nothing,
  number,
  object,
  record,
  strictObject,
  string,
  union,
  unknown,
  url,
  ZodError,
  ZodIntersection,
  ZodObject,
  ZodPipe,
  ZodType,
} from 'zod/v4';

/**
 * The part of zod that the service uses. The whole weighs 360 KB more, minified, because no bundler can tell which
 * members of `z` a program never reads. wrangler.toml and vitest.config.ts replace `zod` by this file, also for
 * `@hono/zod-openapi`. Messages stay: zod's own modules set the English ones.
 */
export const z = {
  array,
  base64,
  boolean,
  custom,
  enum: oneOf,
  int,
  iso: { datetime: iso.datetime },
  literal,
  NEVER,
  null: nothing,
  number,
  object,
  record,
  strictObject,
  string,
  union,
  unknown,
  url,
  ZodError,
  ZodIntersection,
  ZodObject,
  ZodPipe,
  // @hono/zod-openapi adds `openapi` to it.
  ZodType,
};
