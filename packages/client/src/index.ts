export type { Session, User } from './account.ts';
export { LatchkeyError, type ClientCode, type FieldError, type LatchkeyErrorCode, type RefusalCode } from './errors.ts';
export type { Login } from './keeper.ts';
export { createLatchkey, type Latchkey } from './latchkey.ts';
export type { Options } from './options.ts';
export type { Credentials } from './service.ts';
export { localStorageStore, memoryStore, type Store } from './store.ts';
