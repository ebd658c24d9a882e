import { mutantsOf } from '../mutant.ts';

const OPERATOR_TOKENS = 'test/flows/admin/operator-tokens.test.ts';
const ADMINISTRATORS = 'test/flows/admin/administrators.test.ts';
const CHANGES = 'test/flows/event/admin-changes.test.ts';
const CLAIM_NAMES = 'test/flows/admin/claim-names.test.ts';
const GUARD = 'test/rules/admin-guard.test.ts';

export const administration = [
  ...mutantsOf(
    'src/crypto/operator-token.ts',
    [OPERATOR_TOKENS],
    [
      {
        breaks: 'an operator token may have any audience',
        find: 'audience: audienceOf(issuer), ',
        replace: '',
      },
      {
        breaks: 'an operator token may have a list of audiences',
        find: "typeof aud !== 'string' || ",
        replace: '',
      },
      {
        breaks: 'an operator token may have any subject',
        find: "subject: 'operator', ",
        replace: '',
      },
      {
        breaks: 'an operator token may live for a year',
        find: 'exp - iat > MAX_LIFE_SECONDS ||',
        replace: '',
      },
      {
        breaks: 'an operator token may begin later, and so live longer',
        find: 'iat > seconds + AHEAD_SECONDS',
        replace: 'false',
      },
      {
        breaks: 'the id of an operator token may be anything',
        find: ' || !UUID.test(jti)',
        replace: '',
      },
      {
        breaks: 'an operator token may have the algorithm of another key',
        find: 'candidate.kid === kid && candidate.alg === alg',
        replace: 'candidate.kid === kid || candidate.alg === alg',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/admin/authenticate-admin.ts',
    [OPERATOR_TOKENS, GUARD],
    [
      {
        breaks: 'an operator token is good for many requests',
        find: 'if (!isNew) throw',
        replace: 'if (false) throw',
      },
      {
        breaks: 'every user is an administrator',
        find: 'if (!user.admin) throw',
        replace: 'if (false) throw',
        tests: [GUARD],
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/admin/managed-user.ts',
    [ADMINISTRATORS],
    [
      {
        breaks: 'administrators can remove themselves',
        find: "if (!admin.isOperator && admin.userId === user.id) throw new Refusal('own_account');",
        replace: '',
      },
      {
        breaks: 'the last administrator can be removed',
        find: "if (needsOther && !hasOtherAdmin) throw new Refusal('last_admin');",
        replace: '',
      },
    ],
  ),
  ...mutantsOf(
    'src/store/statements/admin/managed-user.ts',
    [ADMINISTRATORS, 'test/flows/admin/change-user.test.ts'],
    [
      {
        breaks: 'the last administrator goes while another one goes',
        find: '${hasOtherAdmin(userId)})`',
        replace: 'true)`',
        tests: [ADMINISTRATORS],
      },
      {
        breaks: 'a change overwrites another one',
        find: 'AND users.rights_version = ${read.rightsVersion}',
        replace: '',
        tests: ['test/flows/admin/change-user.test.ts'],
      },
    ],
  ),
  ...mutantsOf(
    'src/store/managed-users.ts',
    [CHANGES],
    [
      {
        breaks: 'the event of a deletion tells about the networks that were forgotten',
        find: 'insertEventIfChanged(event),\n        forgetNetworks({ accountKey, userId }),',
        replace: 'forgetNetworks({ accountKey, userId }),\n        insertEventIfChanged(event),',
      },
      {
        breaks: 'an end of all sessions is stored apart from its event',
        find: 'await database.batch([carry, count, revoke, insertEventIfChanged(event)]);',
        replace:
          'await database.batch([carry, count, revoke]);\n      await database.run(insertEventIfChanged(event));',
      },
      {
        breaks: 'an end of no sessions is an event',
        find: 'database.batch([carry, count, revoke, insertEventIfChanged(event)])',
        replace: 'database.batch([carry, count, insertEventIfChanged(event), revoke])',
      },
    ],
  ),
  ...mutantsOf(
    'src/store/everybody.ts',
    [CHANGES],
    [
      {
        breaks: 'the event of an end of all sessions counts sessions',
        find: 'insertEventOfChunk(event),\n        revokeSessionsOfChunk({ after, limit, at }),',
        replace: 'revokeSessionsOfChunk({ after, limit, at }),\n        insertEventOfChunk(event),',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/admin/rights.ts',
    [CLAIM_NAMES],
    [
      {
        breaks: 'the application can set a claim that has been forgotten',
        find: 'user_version rights_version',
        replace: 'user_version',
      },
      {
        breaks: 'the application can set a field of introspection',
        find: 'active username token_type',
        replace: 'active username',
      },
      {
        breaks: 'the name of a claim may look like another one',
        find: 'x21-\\x7e]{1,128}$/',
        replace: 'x21-\\uffff]{1,128}$/',
      },
      {
        breaks: 'claims in another order are called the same',
        find: 'JSON.stringify(one) === JSON.stringify(other)',
        replace: 'JSON.stringify(one).split("").sort().join() === JSON.stringify(other).split("").sort().join()',
      },
    ],
  ),
];
