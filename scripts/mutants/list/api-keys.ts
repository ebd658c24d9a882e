import { mutantsOf } from '../mutant.ts';

const CRYPTO = 'test/crypto/api-key.test.ts';
const KEYS = 'test/flows/key/api-keys.test.ts';
const CHECKS = 'test/flows/key/check-key.test.ts';
const NOTICES = 'test/flows/mail/key-notice.test.ts';
const PLANS = 'test/store/query-plans.test.ts';

export const apiKeys = [
  ...mutantsOf(
    'src/crypto/api-key.ts',
    [CRYPTO],
    [
      {
        breaks: 'any checksum is right',
        find: 'checksumOf(body) === checksum ? ',
        replace: 'checksum !== undefined ? ',
      },
      { breaks: 'the checksum is another CRC', find: '0xedb88320', replace: '0x82f63b78' },
      { breaks: 'checksums are not padded', find: ".padStart(CHECKSUM_LENGTH, '0')", replace: '' },
      { breaks: 'some characters are likelier than others', find: 'byte < 248', replace: 'byte < 20' },
      {
        breaks: 'the MAC has the key of another purpose',
        find: "'latchkey api key v1'",
        replace: "'latchkey refresh token v1'",
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/key/check-key.ts',
    [KEYS, CHECKS],
    [
      { breaks: 'a wrong secret gets in', find: 'if (!isRight) {', replace: 'if (false) {' },
      { breaks: 'a revoked key gets in', find: "if (key.revokedAt !== null) throw refuse('revoked');", replace: '' },
      {
        breaks: 'a key gets in at the moment when it expires',
        find: 'key.expiresAt <= at',
        replace: 'key.expiresAt < at',
      },
      {
        breaks: 'the key of a disabled user gets in',
        find: 'user !== null && user.disabledAt === null',
        replace: 'user !== null',
      },
      {
        breaks: 'the key of a disabled client gets in',
        find: 'client !== null && client.disabledAt === null',
        replace: 'client !== null',
      },
      {
        breaks: 'a key has all scopes of its owner',
        find: 'owned.filter((scope) => key.scopes.includes(scope))',
        replace: 'owned',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/key/user-scopes.ts',
    [KEYS, CHECKS],
    [
      {
        breaks: 'users have the scopes of roles that they do not have',
        find: 'role === undefined || roles.includes(role)',
        replace: 'true',
      },
      {
        breaks: 'keys of clients have scopes of the service',
        find: '.filter((scope) => !scope.startsWith(OWN_SCOPE_PREFIX))',
        replace: '.filter(() => true)',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/key/create-key.ts',
    [KEYS, CHECKS],
    [
      {
        breaks: 'a key gets scopes that its owner does not have',
        find: 'if (isOwned && scopes',
        replace: 'if (scopes',
      },
      { breaks: 'a key may have no scope', find: 'isOwned && scopes.length > 0', replace: 'isOwned' },
      {
        breaks: 'a user without scopes is told that the request is wrong',
        find: "if (available.length === 0) throw new Refusal('keys_closed');",
        replace: '',
      },
      {
        breaks: 'a user does not hear of a new key',
        find: "owner.kind === 'user' ? newNotice(deps, 'key_created', at) : undefined",
        replace: 'undefined',
        tests: [NOTICES],
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/key/revoke-key.ts',
    [KEYS, CHECKS],
    [
      {
        breaks: 'access tokens outlive the key that they come from',
        find: 'await denylistKey(deps, keyId);',
        replace: '',
      },
    ],
  ),
  ...mutantsOf(
    'src/store/statements/key/insert-key.ts',
    [KEYS],
    [
      { breaks: 'an owner can have one key more', find: 'MAX_KEYS - 1', replace: 'MAX_KEYS' },
      {
        breaks: 'revoked keys count',
        find: ' AND ${apiKeys.revokedAt} IS NULL',
        replace: '',
        tests: [KEYS, PLANS],
      },
      {
        breaks: 'a key survives the end of all sessions that it was made in',
        find: 'AND owner.version = ${given.ownerVersion}',
        replace: '',
      },
    ],
  ),
  ...mutantsOf(
    'src/store/statements/key/revoke-key.ts',
    [KEYS],
    [
      { breaks: 'users revoke the keys of others', find: ' AND ${column} = ${ownerId}', replace: '' },
      {
        breaks: 'another revocation changes the time of the first',
        find: ' AND ${apiKeys.revokedAt} IS NULL',
        replace: '',
      },
    ],
  ),
  ...mutantsOf(
    'src/store/statements/key/list-keys.ts',
    [KEYS],
    [{ breaks: 'revoked keys are listed', find: ' AND ${apiKeys.revokedAt} IS NULL', replace: '' }],
  ),
];
