import { mutantsOf } from '../mutant.ts';

const ADMIN_CHANGES = 'test/flows/event/admin-changes.test.ts';
const CHANGED = 'test/flows/oauth/changed-clients.test.ts';
const IDS = 'test/domain/oauth/client-id.test.ts';
const JWKS = 'test/crypto/client-jwks.test.ts';
const MANAGED = 'test/flows/oauth/managed-clients.test.ts';
const NOTES = 'test/store/clients.test.ts';
const SECRETS = 'test/flows/oauth/client-secrets.test.ts';

/** Clients as administrators manage them. */
export const managedClients = [
  ...mutantsOf(
    'src/crypto/client-jwks.ts',
    [JWKS],
    [
      {
        breaks: 'a private key is accepted',
        find: "if (PRIVATE.some((member) => member in jwk)) return 'Must be a public key. Keep the private one to yourself.';",
        replace: '',
      },
      { breaks: 'two keys may have one id', find: 'kid === key.kid', replace: 'false' },
      { breaks: 'a key may be for encryption', find: "use !== undefined && use !== 'sig'", replace: 'false' },
      {
        breaks: 'a key may have another algorithm',
        find: 'alg !== undefined && algOf(alg) !== found.alg',
        replace: 'false',
      },
      {
        breaks: 'a point may be off its curve',
        find: '() => false,\n  );\n  return isKey',
        replace: '() => true,\n  );\n  return isKey',
      },
      { breaks: 'an RSA key may have 1024 bits', find: 'bits < RSA_BITS.least || ', replace: '' },
      { breaks: 'an RSA key may have any exponent', find: 'e !== EXPONENT || ', replace: "typeof e !== 'string' || " },
    ],
  ),
  ...mutantsOf(
    'src/domain/oauth/client-id.ts',
    [IDS],
    [
      { breaks: 'a client can have the id of a user', find: '!UUID.test(id) && ', replace: '' },
      { breaks: 'a client can be called first-party', find: ' && !RESERVED.has(id)', replace: '' },
    ],
  ),
  ...mutantsOf(
    'src/domain/oauth/client-scopes.ts',
    [MANAGED],
    [
      {
        breaks: 'a client can have any scope of the service',
        find: 'scope.startsWith(OWN_SCOPE_PREFIX) && ',
        replace: 'false && ',
      },
      {
        breaks: 'scopes may be of any length together',
        find: "scopes.join(' ').length > MAX_CHARACTERS",
        replace: 'false',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/oauth/create-client.ts',
    [MANAGED],
    [
      {
        breaks: 'a client can take the id of one in OAUTH_CLIENTS',
        find: 'configured.id === id',
        replace: 'false',
      },
      {
        breaks: 'the entry of a deleted client ends the access tokens of the next of its id',
        find: 'version: firstVersion(createdAt)',
        replace: 'version: 0',
        tests: [CHANGED],
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/oauth/plan-client-change.ts',
    [CHANGED],
    [
      { breaks: 'a disabled client keeps its access tokens', find: ' || (disabled && !wasDisabled)', replace: '' },
      {
        breaks: 'a client keeps the access tokens with a scope that it has lost',
        find: 'client.scopes.some((scope) => !wanted.scopes.includes(scope)) ||',
        replace: '',
      },
      {
        breaks: 'a client keeps the access tokens that it got with a key that is gone',
        find: 'keysOf(client.jwks).some((key) => !keysOf(jwks).includes(key))',
        replace: 'false',
      },
      {
        breaks: 'another scope ends all access tokens',
        find: 'client.scopes.some((scope) => !wanted.scopes.includes(scope))',
        replace: "fields.includes('scopes')",
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/oauth/change-client.ts',
    [CHANGED],
    [
      {
        breaks: 'asking again completes no entry in KV',
        find: 'if ([fields.scopes, fields.jwks, fields.disabled]',
        replace: 'if (isChanged && [fields.scopes, fields.jwks, fields.disabled]',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/oauth/delete-client.ts',
    [CHANGED],
    [
      {
        breaks: 'a deletion leaves access tokens in force',
        find: 'await denylistClient(deps, disabled);',
        replace: '',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/oauth/delete-secret.ts',
    [SECRETS],
    [
      {
        breaks: 'asking again completes no entry in KV',
        find: "  await denylistClient(deps, found);\n  if (changed === undefined) throw new Refusal('unknown_secret');",
        replace:
          "  if (changed === undefined) throw new Refusal('unknown_secret');\n  await denylistClient(deps, found);",
      },
    ],
  ),
  ...mutantsOf(
    'src/store/statements/oauth/change-client.ts',
    [CHANGED],
    [
      {
        breaks: 'of two changes at once, one undoes the other',
        find: 'AND clients.scopes = ${given.scopes}',
        replace: 'AND (clients.scopes = ${given.scopes} OR true)',
      },
    ],
  ),
  ...mutantsOf(
    'src/store/statements/oauth/delete-client.ts',
    [CHANGED],
    [
      {
        breaks: 'a client that was enabled meanwhile is deleted, and its access tokens stay in force',
        find: ' AND clients.disabled_at IS NOT NULL',
        replace: '',
      },
      {
        breaks: 'each deletion of a disabled client is an event of disabling',
        find: ' AND clients.disabled_at IS NULL',
        replace: '',
        tests: [ADMIN_CHANGES],
      },
    ],
  ),
  ...mutantsOf(
    'src/store/statements/oauth/client-secrets.ts',
    [SECRETS],
    [
      {
        breaks: 'a client can have any number of secrets',
        find: ' AND json_array_length(clients.secrets) < ${most}',
        replace: ' AND ${most} > 0',
      },
      {
        breaks: 'a secret that is deleted takes the other one with it',
        find: "json_extract(secret.value, '$.id') <> ${secretId}",
        replace: "json_extract(secret.value, '$.id') <> ${secretId} AND false",
      },
      {
        breaks: 'a client keeps the access tokens that it got with a secret that is gone',
        find: '${clients.version} + 1',
        replace: '${clients.version} + 0',
      },
    ],
  ),
  ...mutantsOf(
    'src/store/statements/note.ts',
    [NOTES],
    [
      {
        breaks: 'every use and refusal of a client writes',
        find: '<= ${due}',
        replace: '>= ${due} * 0',
      },
    ],
  ),
];
