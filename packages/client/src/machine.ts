export {
  LatchkeyError,
  type ClientCode,
  type FieldError,
  type LatchkeyErrorCode,
  type RefusalCode,
} from './client/errors.ts';
export { createMachine, type Machine } from './machine/create-machine.ts';
export type { MachineOptions, PrivateKey } from './machine/options.ts';
export type { Scope } from './verify/scopes.ts';
