import { deleteAccount } from '../../../domain/account/delete-account.ts';
import type { App } from '../../app-env.ts';
import { revokerRoute } from '../../endpoint.ts';
import { password } from '../../request/credentials.ts';
import { jsonRequest } from '../../request/json-body.ts';
import { networkOf } from '../../request/network.ts';
import { json, messageResponse, shapeMessage } from '../../response/json.ts';

const route = revokerRoute(
  {
    method: 'delete',
    path: '/auth/user',
    summary: 'Delete the account',
    request: jsonRequest({ password }),
    responses: { 200: json(messageResponse, 'The account is gone, and all its sessions are over.') },
  },
  { refuses: ['wrong_password', 'last_admin', 'insufficient_user_authentication'], budget: 'credentials' },
);

export function mountDeleteAccount(app: App) {
  app.openapi(route, async (c) => {
    await deleteAccount(c.var.deps, c.var.revoker, c.req.valid('json').password, networkOf(c));
    return c.json(shapeMessage('Account deleted.'), 200);
  });
}
