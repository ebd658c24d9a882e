import { deliverDue } from '../../src/domain/mail/deliver.ts';
import { type MailOutcome } from '../../src/domain/deps.ts';
import { wire } from '../../src/wire.ts';
import { startWithMail, tokenOf } from './mailbox.ts';
import { bindProduction } from './production.ts';
import { bearer, joe, silent, startClock, tokensOf } from './service.ts';
import { asOneRequest } from './subrequests.ts';

export const NEW_PASSWORD = 'a new pass phrase';
export const NEW_EMAIL = 'joe@example.org';

/** The service with mail and a clock, and a call for each flow of an account. */
export function startAccounts({ env = {}, deps = {} }: Parameters<typeof startWithMail>[0] = {}) {
  const clock = startClock();
  const service = startWithMail({ env, deps: { now: clock.now, ...deps } });
  const { call, post, mailer, letter } = service;

  const withAccess = (access: string | undefined) => (access === undefined ? {} : bearer(access));
  const askChange = (access: string, newEmail = NEW_EMAIL, password = joe.password) =>
    post('/auth/email', { new_email: newEmail, password }, bearer(access));
  const confirmChange = (proof: object, access?: string) => post('/auth/email/confirm', proof, withAccess(access));
  const verifyEmail = (proof: object, access?: string) => post('/auth/email/verify', proof, withAccess(access));

  return {
    ...service,
    clock,
    askRegistration: (email = joe.email) => post('/auth/register', { email }),
    confirmRegistration: (proof: object, password = joe.password) =>
      post('/auth/register/confirm', { ...proof, password }),
    askVerification: (access: string) => call('/auth/email/verification', { method: 'POST', headers: bearer(access) }),
    verifyEmail,
    askReset: (email = joe.email) => post('/auth/password/reset', { email }),
    confirmReset: (proof: object, password = NEW_PASSWORD) =>
      post('/auth/password/reset/confirm', { ...proof, new_password: password }),
    askChange,
    confirmChange,
    undo: (token: string) => post('/auth/email/undo', { token }),

    /** Registers an account whose address is verified, and returns its tokens. */
    registerVerified: async (credentials = joe) => {
      const tokens = tokensOf(await service.register(credentials));
      await verifyEmail({ token: tokenOf(letter('verify_email', credentials.email)) });
      return tokens;
    },
    /** Changes the address of the account, by the token of the mail. */
    changeEmail: async (access: string, newEmail = NEW_EMAIL, password = joe.password) => {
      await askChange(access, newEmail, password);
      return confirmChange({ token: tokenOf(letter('change_email', newEmail)) });
    },

    /** Runs the cron that sends mails, and returns how many it has tried, and what became of them. */
    runMailCron: async () => {
      const outcomes: MailOutcome[] = [];
      const bindings = bindProduction({ MAIL_TRANSPORT: 'log', ...env });
      const wired = wire(bindings, { ...silent, reportMail: (outcome) => void outcomes.push(outcome) });
      const tried = await asOneRequest(() => deliverDue({ ...wired, now: clock.now, mailer, ...deps }));
      return { tried, outcomes: outcomes.map(({ outcome }) => outcome) };
    },
  };
}

export type Accounts = ReturnType<typeof startAccounts>;

/** What a refused proof gets. */
export const refusedProof = { status: 400, body: { code: 'invalid_challenge' } };

/** A code that is not `code`. */
export const otherCode = (code: string, by = 1) => String((Number(code) + by) % 100_000_000).padStart(8, '0');

/** The answers of `count` calls at the same time. */
export const atOnce = <T>(count: number, call: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => call(index)));
