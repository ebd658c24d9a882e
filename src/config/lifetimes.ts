import { z } from 'zod';
import { wholeNumber } from './fields.ts';

const DAY = 86_400;

/** How long tokens and sessions live, in seconds. */
export const lifetimes = z
  .object({
    ACCESS_TOKEN_TTL_SECONDS: wholeNumber(1, DAY).default(900),
    REFRESH_IDLE_TTL_SECONDS: wholeNumber(1, 366 * DAY).default(30 * DAY),
    REFRESH_ABSOLUTE_TTL_SECONDS: wholeNumber(1, 366 * DAY).default(90 * DAY),
    REFRESH_GRACE_SECONDS: wholeNumber(0, 300).default(30),
  })
  .refine((env) => env.ACCESS_TOKEN_TTL_SECONDS <= env.REFRESH_IDLE_TTL_SECONDS, {
    path: ['ACCESS_TOKEN_TTL_SECONDS'],
    error: 'must not be longer than REFRESH_IDLE_TTL_SECONDS',
  })
  .refine((env) => env.REFRESH_IDLE_TTL_SECONDS <= env.REFRESH_ABSOLUTE_TTL_SECONDS, {
    path: ['REFRESH_IDLE_TTL_SECONDS'],
    error: 'must not be longer than REFRESH_ABSOLUTE_TTL_SECONDS',
  })
  .transform((env) => ({
    accessTokenTtlSeconds: env.ACCESS_TOKEN_TTL_SECONDS,
    refreshIdleTtlSeconds: env.REFRESH_IDLE_TTL_SECONDS,
    refreshAbsoluteTtlSeconds: env.REFRESH_ABSOLUTE_TTL_SECONDS,
    refreshGraceSeconds: env.REFRESH_GRACE_SECONDS,
  }));
