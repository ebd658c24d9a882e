import { OpenAPIHono } from '@hono/zod-openapi';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { requestId } from 'hono/request-id';
import { Refusal } from '../errors.ts';
import type { App, AppEnv, Wire } from './app-env.ts';
import { allowOrigins, sharePublic } from './middleware/allow-origins.ts';
import { responseHeaders } from './middleware/response-headers.ts';
import { dropUnreadBody } from './middleware/drop-unread-body.ts';
import { provideDeps } from './middleware/provide-deps.ts';
import { requestLog } from './middleware/request-log.ts';
import { onError } from './on-error.ts';
import { fieldErrorsOf } from './response/field-errors.ts';
import { refuse } from './response/refuse.ts';
import { mountChangeEmail } from './routes/account/change-email.ts';
import { mountConfirmRegistration } from './routes/account/confirm-registration.ts';
import { mountAccountPages } from './routes/account/pages.ts';
import { mountChangePassword } from './routes/account/change-password.ts';
import { mountDeleteAccount } from './routes/account/delete-account.ts';
import { mountExport } from './routes/account/export.ts';
import { mountRegister } from './routes/account/register.ts';
import { mountResetPassword } from './routes/account/reset-password.ts';
import { mountStatus } from './routes/account/status.ts';
import { mountVerifyEmail } from './routes/account/verify-email.ts';
import { mountClient } from './routes/admin/client.ts';
import { mountClientSecrets } from './routes/admin/client-secrets.ts';
import { mountClients } from './routes/admin/clients.ts';
import { mountCountHashes } from './routes/admin/count-hashes.ts';
import { mountCreateUser } from './routes/admin/create-user.ts';
import { mountEndAllSessions } from './routes/admin/end-all-sessions.ts';
import { mountExportUsers } from './routes/admin/export-users.ts';
import { mountFactorsOfUser } from './routes/admin/factors-of-user.ts';
import { mountHelpUser } from './routes/admin/help-user.ts';
import { mountImportUsers } from './routes/admin/import-users.ts';
import { mountListUsers } from './routes/admin/list-users.ts';
import { mountSessionsOfUser } from './routes/admin/sessions.ts';
import { mountUser } from './routes/admin/user.ts';
import { mountKeysOfClient } from './routes/admin/keys-of-client.ts';
import { mountKeysOfUser } from './routes/admin/keys-of-user.ts';
import { mountEvents } from './routes/event/events.ts';
import { mountFactors } from './routes/factor/factors.ts';
import { mountPasskeys } from './routes/factor/passkeys.ts';
import { mountTotp } from './routes/factor/totp.ts';
import { mountHealth, mountReady } from './routes/health.ts';
import { mountApiKeys } from './routes/key/api-keys.ts';
import { mountSigningKeys } from './routes/key/signing-keys.ts';
import { mountLogIn } from './routes/login/log-in.ts';
import { mountLogInByFactor } from './routes/login/log-in-by-factor.ts';
import { mountReauthenticate } from './routes/login/reauthenticate.ts';
import { mountIntrospect } from './routes/oauth/introspect.ts';
import { mountMetadata } from './routes/oauth/metadata.ts';
import { mountRevokeToken } from './routes/oauth/revoke-token.ts';
import { mountToken } from './routes/oauth/token.ts';
import { mountPlayground } from './routes/reference/playground.ts';
import { mountReference } from './routes/reference/reference.ts';
import { mountLogOut } from './routes/session/log-out.ts';
import { mountRefresh } from './routes/session/refresh.ts';
import { mountSessions } from './routes/session/sessions.ts';
import { mountVerify } from './routes/session/verify.ts';

/** The service, made once per isolate. `wire` makes the dependencies of each request. */
export function createApp(wire: Wire): App {
  const app: App = new OpenAPIHono<AppEnv>({ defaultHook: refuseInvalid });
  app.onError(onError);
  app.notFound((c) => refuse(c, 'not_found'));
  declareSecuritySchemes(app);

  app.use(
    requestId({ limitLength: 128 }),
    requestLog(),
    responseHeaders(),
    sharePublic(),
    dropUnreadBody(),
    refuseOtherMethods(app),
  );
  mountHealth(app);
  app.use(provideDeps(wire), allowOrigins());
  mountReady(app);
  mountSigningKeys(app);
  mountMetadata(app);
  mountRegister(app);
  mountConfirmRegistration(app);
  mountLogIn(app);
  mountLogInByFactor(app);
  mountReauthenticate(app);
  mountRefresh(app);
  mountStatus(app);
  mountVerifyEmail(app);
  mountResetPassword(app);
  mountChangeEmail(app);
  mountLogOut(app);
  mountSessions(app);
  mountFactors(app);
  mountTotp(app);
  mountPasskeys(app);
  mountApiKeys(app);
  mountChangePassword(app);
  mountDeleteAccount(app);
  mountExport(app);
  mountEvents(app);
  mountVerify(app);
  mountToken(app);
  mountIntrospect(app);
  mountListUsers(app);
  mountCreateUser(app);
  mountUser(app);
  mountSessionsOfUser(app);
  mountKeysOfUser(app);
  mountKeysOfClient(app);
  mountHelpUser(app);
  mountFactorsOfUser(app);
  mountEndAllSessions(app);
  mountImportUsers(app);
  mountExportUsers(app);
  mountCountHashes(app);
  mountClients(app);
  mountClient(app);
  mountClientSecrets(app);
  mountRevokeToken(app);
  mountReference(app);
  mountPlayground(app);
  mountAccountPages(app);
  return app;
}

/** The guards of `endpoint.ts` in OpenAPI's terms, which cannot say that a client's secret may also be in the form. */
function declareSecuritySchemes({ openAPIRegistry }: App): void {
  openAPIRegistry.registerComponent('securitySchemes', 'accessToken', { type: 'http', scheme: 'bearer' });
  openAPIRegistry.registerComponent('securitySchemes', 'operatorToken', { type: 'http', scheme: 'bearer' });
  openAPIRegistry.registerComponent('securitySchemes', 'client', { type: 'http', scheme: 'basic' });
}

type Validation = { success: true } | { success: false; error: Parameters<typeof fieldErrorsOf>[0] };

function refuseInvalid(result: Validation): void {
  if (!result.success) throw new Refusal('invalid_request', { errors: fieldErrorsOf(result.error) });
}

/** Refuses a method that no route of the path has, and says which it has. */
function refuseOtherMethods(app: App) {
  return methodNotAllowed({
    app,
    onMethodNotAllowed: (c, methods) => {
      c.header('Allow', methods.join(', '));
      return refuse(c, 'method_not_allowed');
    },
  });
}
