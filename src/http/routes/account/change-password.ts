import { changePassword } from '../../../domain/account/change-password.ts';
import type { App } from '../../app-env.ts';
import { revokerRoute } from '../../endpoint.ts';
import { password } from '../../request/credentials.ts';
import { jsonRequest } from '../../request/json-body.ts';
import { loginOriginOf } from '../../request/login-origin.ts';
import { json } from '../../response/json.ts';
import { shapeTokens, tokenResponse } from '../../response/tokens.ts';

const route = revokerRoute(
  {
    method: 'post',
    path: '/auth/password',
    summary: 'Change the password, end all sessions, and go on in a new one',
    request: jsonRequest({ current_password: password, new_password: password }),
    responses: { 200: json(tokenResponse, 'The password is the new one, and all former sessions are over.') },
  },
  {
    refuses: ['wrong_password', 'breach_check_unavailable', 'insufficient_user_authentication'],
    budget: 'credentials',
  },
);

export function mountChangePassword(app: App) {
  app.openapi(route, async (c) => {
    const { current_password: current, new_password: next } = c.req.valid('json');
    const tokens = await changePassword(c.var.deps, c.var.revoker, { current, next }, loginOriginOf(c));
    return c.json(shapeTokens('Password changed.', tokens), 200);
  });
}
