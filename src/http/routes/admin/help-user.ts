import { z } from '@hono/zod-openapi';
import { handOutReset } from '../../../domain/admin/hand-out-reset.ts';
import { unlockUser } from '../../../domain/admin/unlock-user.ts';
import type { App } from '../../app-env.ts';
import { adminRoute } from '../../endpoint.ts';
import { strictRequest } from '../../request/user-fields.ts';
import { json } from '../../response/json.ts';
import { delivery, shapeDelivery } from '../../response/user.ts';

const params = z.object({ id: z.string() });
const status = z.literal('success');

const unlocking = adminRoute(
  {
    method: 'post',
    path: '/admin/users/{id}/unlock',
    summary: 'Forget the failed logins of a user, who then does not have to wait',
    request: { params },
    responses: {
      200: json(
        z.object({ status, message: z.string(), attempts_forgotten: z.int() }).openapi('AttemptsForgotten'),
        'Nothing keeps the user waiting any more. The number is that of the counters that were deleted.',
      ),
    },
  },
  { refuses: ['unknown_user'] },
);

const reset = adminRoute(
  {
    method: 'post',
    path: '/admin/users/{id}/password-reset',
    summary: 'Let a user choose a new password, by mail or by a link that the operator hands over',
    request: {
      params,
      ...strictRequest({ delivery: z.enum(['mail', 'link'], { error: 'Must be mail or link.' }).optional() }),
    },
    responses: {
      200: json(
        z.object({ status, message: z.string(), data: delivery }).openapi('ResetHandedOut'),
        'The mail is on its way, or the link is in the response.',
      ),
    },
  },
  { refuses: ['unknown_user', 'user_disabled', 'operator_required', 'mail_unavailable', 'change_conflict'] },
);

export function mountHelpUser(app: App) {
  app.openapi(unlocking, async (c) => {
    const attempts = await unlockUser(c.var.deps, c.var.admin, c.req.valid('param').id);
    const message = 'Login attempts forgotten.';
    return c.json({ status: 'success' as const, message, attempts_forgotten: attempts }, 200);
  });

  app.openapi(reset, async (c) => {
    const { deps, admin } = c.var;
    const { delivery = deps.config.mail === undefined ? 'link' : 'mail' } = c.req.valid('json');
    const handed = await handOutReset(deps, admin, c.req.valid('param').id, delivery);
    const message = delivery === 'mail' ? 'The mail is on its way.' : 'Hand this link over.';
    return c.json({ status: 'success' as const, message, data: shapeDelivery(handed) }, 200);
  });
}
