import { type AccountExport, parseExport } from './account-export.ts';
import { type EventPage, parseEvents } from './events.ts';
import { checkedProof, checkedProofOfEmail, checkTexts, type Proof, type ProofOfEmail } from './given.ts';
import type { createKeeper } from './keeper.ts';
import type { Page } from './lists.ts';
import { withQuery } from './request.ts';
import type { Fields } from './response.ts';
import type { createService } from './service.ts';
import type { Tokens } from './tokens.ts';

type Powers = {
  service: ReturnType<typeof createService>;
  keeper: ReturnType<typeof createKeeper>;
  withTokens: <T>(use: (tokens: Tokens) => Promise<T>) => Promise<T>;
};

/** The methods with which people care for their account: its address, its password and its end. */
export function createAccountCalls({ service, keeper, withTokens }: Powers) {
  const ask = (path: string, fields: Fields) => service.call(path, { method: 'POST', fields });

  /** Redeems what a mail carried. A code goes with the access token, which says whose it is. */
  const redeem = async (path: string, proof: Proof) => {
    const attempt = service.once(path, proof, 'invalid_challenge');
    await ('token' in proof ? attempt() : withTokens(({ accessToken }) => attempt(accessToken)));
  };

  return {
    /**
     * Mails a link and a code for `confirmRegistration`. Does not tell whether there is an account. Refusals:
     * `invalid_request`, also with `REGISTRATION=open`, where the password is missing; `registration_closed`;
     * `mail_unavailable`.
     */
    requestRegistration: async (given: { email: string }): Promise<void> => {
      checkTexts(given, 'email');
      await ask('/auth/register', { email: given.email });
    },

    /**
     * Makes the account with what `requestRegistration` or `register` has mailed, and logs it in. Refusals:
     * `invalid_challenge`; `invalid_request`; `registration_closed`; `second_factor_enrolment_required`, whose `challenge`
     * sets up a second factor and logs in.
     */
    confirmRegistration: async (given: ProofOfEmail & { password: string }): Promise<void> => {
      checkTexts(given, 'password');
      const fields = { ...checkedProofOfEmail(given), password: given.password };
      await keeper.keep(await service.confirmRegistration(fields));
    },

    /** Mails a link and a code that verify the address of the user. Refusal: `mail_unavailable`. */
    requestVerification: async (): Promise<void> => {
      const path = '/auth/email/verification';
      await withTokens(({ accessToken }) => service.call(path, { method: 'POST', accessToken }));
    },

    /**
     * Verifies the address with what was mailed. A code needs a user who is logged in. The access token says so after
     * the next `refresh`. Refusals: `invalid_challenge`; `invalid_request`.
     */
    verifyEmail: async (given: Proof): Promise<void> => redeem('/auth/email/verify', checkedProof(given)),

    /**
     * Changes the password. All sessions of the user end, and this client goes on in a new one. Refusals:
     * `wrong_password`; `invalid_request`.
     */
    changePassword: async (given: { currentPassword: string; newPassword: string }): Promise<void> => {
      checkTexts(given, 'currentPassword', 'newPassword');
      const fields = { current_password: given.currentPassword, new_password: given.newPassword };
      // A success ends the session of the access token.
      const change = service.once('/auth/password', fields, 'revoked_token');
      await withTokens((used) => keeper.replaceSession(used, ({ accessToken }) => change(accessToken)));
    },

    /**
     * Mails a link and a code to set another password with. Does not tell whether there is an account. Refusals:
     * `mail_unavailable`; `invalid_request`.
     */
    requestPasswordReset: async (given: { email: string }): Promise<void> => {
      checkTexts(given, 'email');
      await ask('/auth/password/reset', { email: given.email });
    },

    /**
     * Sets another password with what was mailed. All sessions of the user end, and nobody is logged in. Refusals:
     * `invalid_challenge`; `invalid_request`.
     */
    resetPassword: async (given: ProofOfEmail & { newPassword: string }): Promise<void> => {
      checkTexts(given, 'newPassword');
      const fields = { ...checkedProofOfEmail(given), new_password: given.newPassword };
      await service.once('/auth/password/reset/confirm', fields, 'invalid_challenge')();
    },

    /**
     * Mails a link and a code to `newEmail`, which becomes the address once `confirmEmail` gets one of them. Refusals:
     * `wrong_password`; `mail_unavailable`; `invalid_request`.
     */
    changeEmail: async (given: { newEmail: string; password: string }): Promise<void> => {
      checkTexts(given, 'newEmail', 'password');
      const fields = { new_email: given.newEmail, password: given.password };
      await withTokens(({ accessToken }) => service.call('/auth/email', { method: 'POST', accessToken, fields }));
    },

    /**
     * Changes the address with what `changeEmail` has mailed. A code needs a user who is logged in. Refusals:
     * `invalid_challenge`; `invalid_request`.
     */
    confirmEmail: async (given: Proof): Promise<void> => redeem('/auth/email/confirm', checkedProof(given)),

    /**
     * Brings the former address back, with the token that was mailed to it. All sessions of the user end. Refusal:
     * `invalid_challenge`.
     */
    undoEmailChange: async (given: { token: string }): Promise<void> => {
      checkTexts(given, 'token');
      await redeem('/auth/email/undo', { token: given.token });
    },

    /** Deletes the account, ends all its sessions, and forgets the login. Refusal: `wrong_password`. */
    deleteAccount: async (given: { password: string }): Promise<void> => {
      checkTexts(given, 'password');
      const end = async ({ accessToken, sessionId }: Tokens) => {
        await service.deleteAccount(accessToken, given.password);
        return sessionId;
      };
      await keeper.forget(await withTokens(end));
    },

    /** The account, its newest hundred live sessions, hundred API keys and thousand events, as one document. */
    exportAccount: async (): Promise<AccountExport> => {
      const { data } = await withTokens(({ accessToken }) => service.call('/auth/user/export', { accessToken }));
      return parseExport(data);
    },

    /**
     * What has happened to the account, newest first, a hundred at most. `next` is the `after` of the call for older
     * ones; `undefined` at the end.
     */
    events: async ({ after, limit }: Page = {}): Promise<EventPage> => {
      const path = withQuery('/auth/events', { after, limit });
      return parseEvents(await withTokens(({ accessToken }) => service.call(path, { accessToken })));
    },
  };
}
