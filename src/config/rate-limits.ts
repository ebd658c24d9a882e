import { z } from 'zod';
import { isBinding, NOT_BOUND, oneOf } from './fields.ts';

const LIMITERS = ['LIMIT_CREDENTIALS', 'LIMIT_ACCOUNT', 'LIMIT_REFRESH', 'LIMIT_OTHER'] as const;

/** Whether requests are limited. Only then does the Worker need the limiters. */
export const rateLimits = z
  .object({
    RATE_LIMITS: oneOf('on', 'off').default('on'),
    LIMIT_CREDENTIALS: z.unknown().optional(),
    LIMIT_ACCOUNT: z.unknown().optional(),
    LIMIT_REFRESH: z.unknown().optional(),
    LIMIT_OTHER: z.unknown().optional(),
  })
  .superRefine((env, context) => {
    const missing = env.RATE_LIMITS === 'on' ? LIMITERS.filter((name) => !isBinding(env[name])) : [];
    for (const name of missing) context.addIssue({ code: 'custom', path: [name], message: NOT_BOUND });
  })
  .transform((env) => ({ hasRateLimits: env.RATE_LIMITS === 'on' }));
