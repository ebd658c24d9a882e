import { z } from 'zod';
import { Refusal } from '../errors.ts';
import { accounts } from './accounts.ts';
import { core } from './core.ts';
import { cors } from './cors.ts';
import { database } from './database.ts';
import { factors } from './factors.ts';
import { events } from './events.ts';
import { exceptions } from './exceptions.ts';
import { isBinding } from './fields.ts';
import { keys } from './keys.ts';
import { legacyHashes } from './legacy-hashes.ts';
import { lifetimes } from './lifetimes.ts';
import { mail } from './mail.ts';
import { oauthClients } from './oauth-clients.ts';
import { passwords } from './passwords.ts';
import { playground } from './playground.ts';
import { rateLimits } from './rate-limits.ts';
import { scopes } from './scopes.ts';

/** All concerns. An intersection parses every one of them, collects the problems of all, and merges their parts. */
const concerns = core
  .and(keys)
  .and(lifetimes)
  .and(passwords)
  .and(legacyHashes)
  .and(accounts)
  .and(mail)
  .and(cors)
  .and(oauthClients)
  .and(scopes)
  .and(database)
  .and(rateLimits)
  .and(factors)
  .and(events)
  .and(playground)
  .and(exceptions);

/** The configuration that the service runs on, once every variable, secret and binding is valid. */
export type Config = z.output<typeof concerns>;

/** A variable, secret or binding that is wrong, and why, in words that do not show its value. */
export type ConfigProblem = { field: string; problem: string };

/** The last environment that was valid, and its configuration. An isolate has one environment. */
let last: { values: unknown[]; config: Config } | undefined;

/**
 * The configuration that `env` holds. It is parsed once for the same values. Refuses with `misconfigured`; the reason
 * names every field that is wrong.
 */
export function parseConfig(env: object): Config {
  const values = configNames.map((name) => valueOf(env, name));
  if (last !== undefined && last.values.every((value, i) => value === values[i])) return last.config;
  const parsed = concerns.safeParse(env);
  if (parsed.success) {
    const config = Object.freeze(parsed.data);
    last = { values, config };
    return config;
  }
  const reason = problemsOf(parsed.error).map(({ field, problem }) => `${field} ${problem}`);
  throw new Refusal('misconfigured', { reason: reason.join('; ') });
}

/** Every problem for which `parseConfig` would refuse `env`. */
export function findConfigProblems(env: object): ConfigProblem[] {
  const parsed = concerns.safeParse(env);
  return parsed.success ? [] : problemsOf(parsed.error);
}

/** The names of all variables, secrets and bindings. */
export const configNames: string[] = [...new Set(namesIn(concerns))];

const BOUND = Symbol('bound');

/** The value of a variable or secret. Of a binding, which belongs to its request, only that it is there. */
function valueOf(env: object, name: string): unknown {
  const value: unknown = Reflect.get(env, name);
  return isBinding(value) ? BOUND : value;
}

/** One problem a field: the first, because the others tend to follow from it. */
function problemsOf(error: z.ZodError): ConfigProblem[] {
  const problems = new Map<string, string>();
  for (const { path, message } of error.issues) {
    const field = String(path[0]);
    if (!problems.has(field)) problems.set(field, message);
  }
  return [...problems].map(([field, problem]) => ({ field, problem }));
}

function namesIn(schema: z.core.$ZodType): string[] {
  if (schema instanceof z.ZodIntersection) return [...namesIn(schema.def.left), ...namesIn(schema.def.right)];
  if (schema instanceof z.ZodPipe) return namesIn(schema.def.in);
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}
