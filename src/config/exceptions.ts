import { z } from 'zod';
import { splitList, text } from './fields.ts';

/** Settings that the doctor refuses in production, unless `ALLOW_IN_PRODUCTION` repeats them. */
export const EXCEPTIONS = ['CORS_ORIGINS=*', 'PLAYGROUND=on'] as const;

/** What the doctor is to accept in production. The service itself makes no use of it. */
export const exceptions = z
  .object({
    ALLOW_IN_PRODUCTION: text
      .refine((list) => splitList(list).every((entry) => EXCEPTIONS.some((exception) => exception === entry)), {
        error: `must be empty, or a list of ${EXCEPTIONS.join(' and ')}, comma-separated`,
      })
      .optional(),
  })
  .transform(() => ({}));
