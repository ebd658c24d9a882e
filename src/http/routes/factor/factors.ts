import { z } from '@hono/zod-openapi';
import { listFactors } from '../../../domain/factor/list-factors.ts';
import { replaceRecoveryCodes } from '../../../domain/factor/replace-recovery-codes.ts';
import type { App } from '../../app-env.ts';
import { recentRoute, userRoute } from '../../endpoint.ts';
import { json } from '../../response/json.ts';
import { factorsResponse, shapeFactors } from '../../response/factor.ts';

const listing = userRoute({
  method: 'get',
  path: '/auth/factors',
  summary: 'The second factors of the account',
  responses: { 200: factorsResponse },
});

const recoveryCodes = recentRoute(
  {
    method: 'post',
    path: '/auth/factors/recovery-codes',
    summary: 'Replace the recovery codes',
    responses: {
      200: json(
        z
          .object({
            status: z.literal('success'),
            message: z.string(),
            data: z.object({ recovery_codes: z.array(z.string()) }).openapi('RecoveryCodes'),
          })
          .openapi('RecoveryCodesResponse'),
        'Ten new codes, which nobody can read again. The former ones are gone.',
      ),
    },
  },
  { refuses: ['no_second_factor', 'change_conflict'], budget: 'credentials' },
);

export function mountFactors(app: App) {
  app.openapi(listing, async (c) => {
    const { deps, caller } = c.var;
    return c.json({ status: 'success' as const, data: shapeFactors(await listFactors(deps, caller)) }, 200);
  });

  app.openapi(recoveryCodes, async (c) => {
    const recovery_codes = await replaceRecoveryCodes(c.var.deps, c.var.caller);
    return c.json({ status: 'success' as const, message: 'Recovery codes replaced.', data: { recovery_codes } }, 200);
  });
}
