import type { LoginChallenge } from './challenge.ts';
import {
  challengeFields,
  type Enrolled,
  type Factors,
  type NewTotp,
  parseEnrolled,
  parseFactors,
  parseNewTotp,
  parsePasskeyId,
  parsePasskeyOptions,
  parseRecoveryCodes,
} from './factors.ts';
import { checkTexts } from './given.ts';
import type { createKeeper } from './keeper.ts';
import { type Names, rename } from './names.ts';
import type { createPasskeys } from './passkeys.ts';
import { type Call, pathOf } from './request.ts';
import type { Fields } from './response.ts';
import type { createService } from './service.ts';
import type { Tokens } from './tokens.ts';

type Powers = {
  service: ReturnType<typeof createService>;
  keeper: ReturnType<typeof createKeeper>;
  passkeys: ReturnType<typeof createPasskeys>;
  withTokens: <T>(use: (tokens: Tokens) => Promise<T>) => Promise<T>;
};

const PATH = '/auth/factors';
const PASSKEYS = `${PATH}/passkeys`;
const PASSKEY_NAMES: Names = { name: 'name' };

/**
 * The methods with which people care for their second factors. All but `factors` refuse with
 * `insufficient_user_authentication` when the user has not authenticated for ten minutes: call `reauthenticate` first.
 * Those that take a `challenge`, of `second_factor_enrolment_required`, log in with the first factor of the account.
 */
export function createFactorCalls({ service, keeper, passkeys, withTokens }: Powers) {
  const call = (path: string, options: Call) =>
    withTokens(({ accessToken }) => service.call(path, { ...options, accessToken }));

  const begin = (path: string, challenge: LoginChallenge | undefined) =>
    challenge === undefined
      ? call(path, { method: 'POST', fields: {} })
      : service.call(path, { method: 'POST', fields: challengeFields(challenge) });

  /** Adds a factor. With it, this session goes on, or a new one begins. */
  const enrol = async (path: string, fields: Fields, challenge: LoginChallenge | undefined): Promise<Fields> => {
    const all = challenge === undefined ? fields : { ...fields, ...challengeFields(challenge) };
    const add = service.once(path, all, 'invalid_challenge_token', 'wrong_factor', 'passkey_taken');
    if (challenge === undefined) {
      return (await withTokens((used) => keeper.raise(used, ({ accessToken }) => add(accessToken)))).body;
    }
    const body = await add();
    await keeper.keep(body);
    return body;
  };

  /** Removes a factor. All sessions of the user end, and this client goes on in a new one. */
  const remove = async (path: string): Promise<void> => {
    const end = service.removeOnce(path);
    await withTokens((used) => keeper.replaceSession(used, ({ accessToken }) => end(accessToken)));
  };

  return {
    /** The second factors of the user. */
    factors: async (): Promise<Factors> => parseFactors((await call(PATH, {}))['data']),

    /** Begins to set up an app that shows codes. Nothing changes before `confirmTotp`. Refusal: `invalid_challenge_token`. */
    beginTotp: async (challenge?: LoginChallenge): Promise<NewTotp> =>
      parseNewTotp((await begin(`${PATH}/totp`, challenge))['data']),

    /**
     * Sets up the app, in place of a former one, with the first code that it shows. Refusals: `wrong_factor`;
     * `invalid_challenge_token`, after which the user begins anew; `change_conflict`; `invalid_request`.
     */
    confirmTotp: async (
      given: { enrolmentToken: string; code: string },
      challenge?: LoginChallenge,
    ): Promise<Enrolled> => {
      checkTexts(given, 'enrolmentToken', 'code');
      const fields = { enrolment_token: given.enrolmentToken, code: given.code };
      return parseEnrolled(await enrol(`${PATH}/totp/confirm`, fields, challenge));
    },

    /**
     * Makes a passkey in this browser, and adds it. Without a `name`, the service chooses one. Refusals: `passkey_taken`;
     * `too_many_passkeys`; `invalid_passkey`; `invalid_challenge_token`; `change_conflict`; `invalid_request`;
     * `passkey_cancelled`; `passkeys_unavailable`.
     */
    addPasskey: async (
      given: { name?: string | undefined } = {},
      challenge?: LoginChallenge,
    ): Promise<Enrolled & { passkey: { id: string } }> => {
      const name = rename(PASSKEY_NAMES, given);
      const find = async () => parsePasskeyOptions((await begin(`${PASSKEYS}/options`, challenge))['data']);
      const body = await enrol(PASSKEYS, { ...name, passkey: await passkeys.create(find) }, challenge);
      return { ...parseEnrolled(body), passkey: parsePasskeyId(body['passkey']) };
    },

    /** Gives a passkey another name. Refusals: `unknown_passkey`; `invalid_request`. */
    renamePasskey: async (id: string, given: { name: string }): Promise<void> => {
      checkTexts(given, 'name');
      await call(PASSKEYS + pathOf(id), { method: 'PATCH', fields: { name: given.name } });
    },

    /**
     * Removes a passkey. All sessions of the user end, and this client goes on in a new one. The recovery codes go with the
     * last factor. Refusals: `unknown_passkey`; `last_factor`, where the user needs one; `change_conflict`.
     */
    removePasskey: async (id: string): Promise<void> => remove(PASSKEYS + pathOf(id)),

    /** Removes the app, as `removePasskey` does. Refusals: `unknown_factor`; `last_factor`; `change_conflict`. */
    removeTotp: async (): Promise<void> => remove(`${PATH}/totp`),

    /** Makes new recovery codes, which nobody can read again. Older ones are void. Refusal: `no_second_factor`. */
    replaceRecoveryCodes: async (): Promise<string[]> =>
      parseRecoveryCodes((await call(`${PATH}/recovery-codes`, { method: 'POST' }))['data']),
  };
}
