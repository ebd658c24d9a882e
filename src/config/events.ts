import { z } from 'zod';
import { wholeNumber } from './fields.ts';

/** How long the events of the audit log are kept, in days. */
export const events = z
  .object({ EVENT_RETENTION_DAYS: wholeNumber(1, 3650).default(90) })
  .transform((env) => ({ eventRetentionDays: env.EVENT_RETENTION_DAYS }));
