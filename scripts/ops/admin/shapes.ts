// The shapes of the admin API, as far as these scripts use them. More fields may come.
import { z } from 'zod';

const when = z.string().nullable();

export const user = z.looseObject({
  user_id: z.string(),
  email: z.string(),
  email_verified: z.boolean(),
  admin: z.boolean(),
  roles: z.array(z.string()),
  claims: z.record(z.string(), z.unknown()),
  locale: z.string().nullable(),
  registered_on: z.string(),
  disabled_on: when,
  // An older service does not tell.
  second_factor: z.boolean().optional(),
});

const wait = z.looseObject({ until: z.string(), by: z.string() });

export const details = user.extend({
  undeliverable_on: when,
  live_sessions: z.number(),
  // An older service does not tell.
  factors: z.looseObject({ totp: z.boolean(), passkeys: z.number(), recovery_codes: z.number() }).optional(),
  login: z.looseObject({
    password_scheme: z.string(),
    // An older service does not tell.
    password_usable: z.boolean().optional(),
    last_login_on: when,
    last_failed_on: when,
    waits: z.array(wait),
  }),
});

const session = z.looseObject({
  id: z.string(),
  started_on: z.string(),
  last_used_on: z.string(),
  expires_on: z.string(),
  address_prefix: z.string().nullable(),
  country: z.string().nullable(),
  user_agent: z.string().nullable(),
});

const event = z.looseObject({
  id: z.string(),
  type: z.string(),
  at: z.string(),
  user_id: z.string().nullable(),
  actor: z.string(),
  session_id: z.string().nullable(),
  address_prefix: z.string().nullable(),
  country: z.string().nullable(),
  user_agent: z.string().nullable(),
  request_id: z.string().nullable(),
  data: z.record(z.string(), z.unknown()).nullable(),
});

const delivery = z.looseObject({ mailed: z.boolean(), link: z.string().nullable(), expires_on: z.string() });

const key = z.looseObject({
  key_id: z.string(),
  name: z.string(),
  scopes: z.array(z.string()),
  created_on: z.string(),
  expires_on: when,
  last_used_on: when,
});

const machine = z.looseObject({
  client_id: z.string(),
  name: z.string(),
  scopes: z.array(z.string()),
  jwks: z.looseObject({ keys: z.array(z.record(z.string(), z.unknown())) }).nullable(),
  secrets: z.array(z.looseObject({ secret_id: z.string(), created_on: z.string() })),
  created_on: z.string(),
  disabled_on: when,
  last_used_on: when,
  last_refused_on: when,
});

const next = z.string().nullable();
const message = z.string();
const ended = z.looseObject({ message, sessions_revoked: z.number() });

export const userList = z.looseObject({ data: z.array(user), next });
export const oneUser = z.looseObject({ data: details });
export const created = z.looseObject({ message, data: user, invitation: delivery.nullable() });
export const changed = ended.extend({ changed: z.boolean(), data: user });
export const deleted = ended;
export const sessionList = z.looseObject({ data: z.array(session), next });
export const sessionsEnded = ended;
export const sessionEnded = z.looseObject({ message });
export const factorsRemoved = ended.extend({ factors_removed: z.number() });
export const unlocked = z.looseObject({ message, attempts_forgotten: z.number() });
export const resetStarted = z.looseObject({ message, data: delivery });
export const everybodyEnded = ended.extend({ users_changed: z.number(), next });
export const eventList = z.looseObject({ data: z.array(event), next });

export const keyList = z.looseObject({ data: z.array(key), next });
export const keyCreated = z.looseObject({ message, key: z.string(), data: key });
export const keyRevoked = z.looseObject({ message });
export const machineList = z.looseObject({ data: z.array(machine), next });
export const oneMachine = z.looseObject({ data: machine });
export const machineCreated = z.looseObject({ message, client_secret: z.string().nullable(), data: machine });
export const machineChanged = z.looseObject({ message, changed: z.boolean(), data: machine });
export const machineDeleted = z.looseObject({ message });
export const secretCreated = z.looseObject({ message, client_secret: z.string(), data: machine });
export const secretDeleted = z.looseObject({ message, data: machine });

const fault = z.object({ path: z.string(), message: z.string() });
const importedLine = z.looseObject({
  line: z.number(),
  outcome: z.enum(['imported', 'unchanged', 'refused']),
  user_id: z.string().nullable(),
  errors: z.array(fault),
});
const scheme = z.looseObject({
  scheme: z.string(),
  parameters: z.string().nullish(),
  users: z.number(),
  cpu_ms: z.number().nullish(),
});
export const imported = z.looseObject({ data: z.array(importedLine), schemes: z.array(scheme) });
export const exported = z.looseObject({ data: z.array(z.record(z.string(), z.unknown())), next });
const left = z.looseObject({ scheme: z.string(), users: z.number() });
export const stats = z.looseObject({
  data: z.looseObject({ legacy_hashes: z.array(left), legacy_hashes_until: when }),
});

export type Imported = z.infer<typeof imported>;
export type User = z.infer<typeof user>;
export type Details = z.infer<typeof details>;
export type Session = z.infer<typeof session>;
export type Event = z.infer<typeof event>;
export type Delivery = z.infer<typeof delivery>;
export type Key = z.infer<typeof key>;
export type Machine = z.infer<typeof machine>;
