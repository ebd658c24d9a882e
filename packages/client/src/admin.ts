export { type Admin, createAdmin } from './admin/create-admin.ts';
export type { Client, ClientSecret, Jwks } from './admin/client-records.ts';
export type { ClientWithSecret } from './admin/clients.ts';
export type {
  ChangeOptions,
  ClientChanges,
  EventFilters,
  EventQuery,
  NewClient,
  NewUser,
  RemovalOptions,
  RevocationOptions,
  UserChanges,
  UserFields,
  UserFilters,
} from './admin/given.ts';
export type { ImportLine, UserLine } from './admin/lines.ts';
export type { AdminOptions, TokenSource } from './admin/options.ts';
export type { AdminUser, AdminUserDetails, Delivery } from './admin/records.ts';
export type { ImportedLine, ImportReport, SchemeCost } from './admin/report.ts';
export type { ApiKey, GivenKey, KeyPage, NewApiKey } from './client/api-keys.ts';
export type { AnySession } from './client/account.ts';
export {
  LatchkeyError,
  type ClientCode,
  type FieldError,
  type LatchkeyErrorCode,
  type RefusalCode,
} from './client/errors.ts';
export type { AccountEvent, EventPage } from './client/events.ts';
