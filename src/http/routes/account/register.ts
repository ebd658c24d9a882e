import { z } from '@hono/zod-openapi';
import { register } from '../../../domain/account/register.ts';
import { requestRegistration } from '../../../domain/account/request-registration.ts';
import { Refusal } from '../../../errors.ts';
import type { App } from '../../app-env.ts';
import { openRoute } from '../../endpoint.ts';
import { email, password } from '../../request/credentials.ts';
import { jsonRequest } from '../../request/json-body.ts';
import { localeOf } from '../../request/locale.ts';
import { loginOriginOf } from '../../request/login-origin.ts';
import { registeredChallenge, shapeRegistered } from '../../response/challenge.ts';
import { fieldErrorsOf } from '../../response/field-errors.ts';
import { json, messageResponse, shapeMessage } from '../../response/json.ts';
import { refusalSchema } from '../../response/refusal.ts';
import { tokenResponse } from '../../response/tokens.ts';

const route = openRoute(
  {
    method: 'post',
    path: '/auth/register',
    summary: 'Make an account and log it in',
    request: jsonRequest({ email, password: password.optional() }),
    responses: {
      201: json(
        z.union([tokenResponse, registeredChallenge]),
        'The account exists, and a first session with it, unless that takes a second factor.',
      ),
      202: json(
        z.union([messageResponse, refusalSchema(['email_taken'])]),
        'The address has an account; or, where accounts begin with a mail, it is on its way.',
      ),
    },
  },
  {
    refuses: ['registration_closed', 'mail_unavailable', 'storage_unavailable', 'breach_check_unavailable'],
    failure: 'registration_failed',
    budget: 'credentials',
  },
);

export function mountRegister(app: App) {
  app.openapi(
    route,
    async (c) => {
      const { deps } = c.var;
      const { email, password } = c.req.valid('json');
      const locale = localeOf(c);
      const { registration } = deps.config;
      if (registration === 'closed') throw new Refusal('registration_closed');
      if (registration === 'confirm') {
        await requestRegistration(deps, email, locale);
        return c.json(shapeMessage('Check your mail.'), 202);
      }
      if (password === undefined) throw new Refusal('invalid_request', { errors: [NO_PASSWORD] });
      return c.json(shapeRegistered(await register(deps, { email, password, locale }, loginOriginOf(c))), 201);
    },
    (result, c) => {
      if (result.success) return;
      const errors = fieldErrorsOf(result.error);
      // Only where accounts begin with a mail may the password be absent.
      const isAbsent = c.get('deps').config.registration === 'open' && lacksPassword(result);
      throw new Refusal('invalid_request', { errors: isAbsent ? [...errors, NO_PASSWORD] : errors });
    },
  );
}

const NO_PASSWORD = { path: 'password', message: 'Is missing.' };

/** Whether the body, which the validator passes on as `data`, is an object without a password. */
function lacksPassword(result: object): boolean {
  const data: unknown = Reflect.get(result, 'data');
  return typeof data === 'object' && data !== null && !Array.isArray(data) && !Object.hasOwn(data, 'password');
}
