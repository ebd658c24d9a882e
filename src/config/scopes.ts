import { z } from 'zod';
import { OWN_SCOPE_PREFIX, ROLE, SCOPE } from '../crypto/bounds.ts';
import { splitList, text } from './fields.ts';

/** A scope that users have: all of them, or those with the role. */
export type UserScope = { scope: string; role: string | undefined };

/** All scopes of a user go into the access token, which must stay below its bound. */
const MAX_LENGTH = 512;

const userScopes = text
  .max(MAX_LENGTH, { error: `must have at most ${MAX_LENGTH} characters` })
  .transform((list) => splitList(list).map(parseUserScope))
  .refine((list) => list.every(isUserScope), {
    error: `must be scopes without the prefix ${OWN_SCOPE_PREFIX}, each alone or as scope=role; several with commas`,
  });

const resources = text.transform(splitList).refine((list) => list.every(isResource), {
  error: 'must be absolute URIs without a fragment; several with commas',
});

/** What access tokens may be for: the scopes of users, and audiences beside `AUDIENCE` (RFC 8707, section 2). */
export const scopes = z
  .object({ USER_SCOPES: userScopes.default([{ scope: 'api', role: undefined }]), RESOURCES: resources.default([]) })
  .transform((env) => ({ userScopes: env.USER_SCOPES, resources: env.RESOURCES }));

function parseUserScope(entry: string): UserScope {
  const [scope = '', role, ...others] = entry.split('=').map((part) => part.trim());
  return { scope: others.length > 0 ? '' : scope, role };
}

const isUserScope = ({ scope, role }: UserScope) =>
  SCOPE.test(scope) && !scope.startsWith(OWN_SCOPE_PREFIX) && (role === undefined || ROLE.test(role));

const isResource = (value: string) => /^[\x21-\x7e]{1,255}$/.test(value) && URL.canParse(value) && !value.includes('#');
