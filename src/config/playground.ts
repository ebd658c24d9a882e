import { z } from 'zod';
import { isBinding, NOT_BOUND, oneOf } from './fields.ts';

/** Whether the service has a page to try it in a browser. Only then does the Worker need the static assets. */
export const playground = z
  .object({ PLAYGROUND: oneOf('on', 'off').default('off'), ASSETS: z.unknown().optional() })
  .superRefine((env, context) => {
    if (env.PLAYGROUND === 'on' && !isBinding(env.ASSETS))
      context.addIssue({ code: 'custom', path: ['ASSETS'], message: NOT_BOUND });
  })
  .transform((env) => ({ hasPlayground: env.PLAYGROUND === 'on' }));
