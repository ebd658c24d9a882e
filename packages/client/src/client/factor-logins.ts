import type { LoginChallenge, PasskeyOptions } from './challenge.ts';
import { notLoggedIn } from './errors.ts';
import { challengeFields, type Factor, factorFields, parsePasskeyOptions, proofFields } from './factors.ts';
import type { createKeeper } from './keeper.ts';
import { checkNames, type Names } from './names.ts';
import { canUsePasskeys, type createPasskeys } from './passkeys.ts';
import type { createService } from './service.ts';
import type { Tokens } from './tokens.ts';

type Powers = {
  service: ReturnType<typeof createService>;
  keeper: ReturnType<typeof createKeeper>;
  passkeys: ReturnType<typeof createPasskeys>;
  withTokens: <T>(use: (tokens: Tokens) => Promise<T>) => Promise<T>;
};

/** How to log in with a passkey. */
export type PasskeyLogin = {
  /** The browser offers passkeys in a field with `autocomplete="username webauthn"`, and opens no dialog of its own. */
  conditional?: boolean | undefined;
  /** Ends the request for a passkey. */
  signal?: AbortSignal | undefined;
  /** An `AuthenticationResponseJSON` for the options of `passkeyOptions`, in place of the browser. */
  passkey?: object | undefined;
};

const LOGIN_NAMES: Names = { conditional: 'conditional', signal: 'signal', passkey: 'passkey' };

/** The methods that log in, and prove again who somebody is, with a second factor. */
export function createFactorLogins({ service, keeper, passkeys, withTokens }: Powers) {
  const passkeyOptions = async (): Promise<PasskeyOptions> => {
    const { data } = await service.call('/auth/login/passkey/options', { method: 'POST' });
    return parsePasskeyOptions(data);
  };

  return {
    /** Whether this browser can use passkeys here or, with `conditional`, can offer them in a field of a form. */
    canUsePasskeys,

    /**
     * Completes a login, with the `challenge` of `second_factor_required`. Refusals: `wrong_factor`;
     * `invalid_challenge_token`, after which the user logs in anew; `invalid_request`. With `passkey: true`, also
     * `passkey_cancelled` and `passkeys_unavailable`.
     */
    logInWithFactor: async (challenge: LoginChallenge, given: Factor): Promise<void> => {
      const token = challengeFields(challenge);
      const factor = factorFields(given);
      const options = factor['passkey'] === true ? optionsOf(challenge) : undefined;
      const shown = options === undefined ? factor : { passkey: await passkeys.get(() => options) };
      await keeper.keep(await service.once('/auth/login/factor', { ...token, ...shown }, ...USED_UP)());
    },

    /**
     * Logs in with a passkey, without address and password. With `conditional`, waits until the user chooses one in a form;
     * a newer request, and another login, end the wait with `passkey_cancelled`. Refusals: `wrong_factor`, for a passkey
     * that no account has any more; `invalid_challenge_token`; `passkey_cancelled`; `passkeys_unavailable`.
     */
    logInWithPasskey: async (given: PasskeyLogin = {}): Promise<void> => {
      checkNames(LOGIN_NAMES, given);
      const { conditional = false, signal, passkey: own } = given;
      const ask = conditional ? passkeys.getConditionally : passkeys.get;
      const passkey = own ?? (await ask(passkeyOptions, signal));
      await keeper.keep(await service.once('/auth/login/passkey', { passkey }, ...USED_UP)());
    },

    /** What `navigator.credentials.get` is asked with in a login, for programs that ask for passkeys otherwise. */
    passkeyOptions,

    /**
     * Proves again who is logged in, after `insufficient_user_authentication`, and keeps the newer access token. Refusals:
     * `wrong_password`; `wrong_factor`; `second_factor_required`, for a password alone where the account has a second
     * factor; `invalid_request`. With `passkey: true`, also `passkey_cancelled` and `passkeys_unavailable`.
     */
    reauthenticate: async (given: Factor | { password: string }): Promise<void> => {
      const proof = proofFields(given);
      const shown = proof['passkey'] === true ? { passkey: await passkeys.get(passkeyOptions) } : proof;
      const prove = service.once('/auth/reauthenticate', shown, ...USED_UP);
      const { isKept } = await withTokens((used) => keeper.raise(used, ({ accessToken }) => prove(accessToken)));
      if (!isKept) throw notLoggedIn();
    },
  };
}

/** A code, a passkey and a challenge work once. */
const USED_UP = ['invalid_challenge_token', 'wrong_factor'] as const;

/** The options in the challenge. An account without passkeys has none. */
function optionsOf({ passkeyOptions }: LoginChallenge): PasskeyOptions {
  if (passkeyOptions !== undefined) return passkeyOptions;
  throw new TypeError('This login takes no passkey: look at the methods of the challenge.');
}
