export type { Session, User } from './client/account.ts';
export type { AccountExport } from './client/account-export.ts';
export type { ApiKey, GivenKey, KeyPage, NewApiKey } from './client/api-keys.ts';
export type { FactorMethod, LoginChallenge, PasskeyOptions } from './client/challenge.ts';
export {
  LatchkeyError,
  type ClientCode,
  type FieldError,
  type LatchkeyErrorCode,
  type RefusalCode,
} from './client/errors.ts';
export type { AccountEvent, EventPage } from './client/events.ts';
export type { PasskeyLogin } from './client/factor-logins.ts';
export type { Enrolled, Factor, Factors, NewTotp, Passkey } from './client/factors.ts';
export type { Credentials, Proof, ProofOfEmail } from './client/given.ts';
export type { Login } from './client/kept-tokens.ts';
export { createLatchkey, type Latchkey } from './client/latchkey.ts';
export type { Options } from './client/options.ts';
export { localStorageStore, memoryStore, type Store } from './client/store.ts';
