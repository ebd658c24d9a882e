import { mutantsOf } from '../mutant.ts';

const INTROSPECT = 'test/flows/oauth/introspect.test.ts';
const PROGRAMS = 'test/flows/oauth/programs.test.ts';
const REVOCATION = 'test/flows/session/revocation.test.ts';
const STATUS = 'test/flows/account/status.test.ts';
const VERIFY = 'test/flows/session/verify.test.ts';

export const tokenChecks = [
  ...mutantsOf(
    'src/domain/session/authenticate.ts',
    [STATUS, REVOCATION],
    [
      {
        breaks: 'user routes ignore the database',
        find: 'if (revoker.isRevoked || revoker.isDenylisted)',
        replace: 'if (revoker.isDenylisted)',
      },
      {
        breaks: 'user routes ignore the denylist',
        find: 'if (revoker.isRevoked || revoker.isDenylisted)',
        replace: 'if (revoker.isRevoked)',
      },
      {
        breaks: 'a token may name another user than its session does',
        find: 'row === undefined || row.user.id !== claims.sub',
        replace: 'row === undefined',
        tests: ['test/flows/session/hostile-tokens.test.ts'],
      },
      {
        breaks: 'user routes accept a disabled user',
        find: "if (row.state === 'disabled') throw refusalOf('disabled');",
        replace: '',
      },
      {
        breaks: 'a session past its end is let in by user routes',
        find: "if (row.state === 'ended') throw",
        replace: "if (row.state === 'ended' && isDenylisted) throw",
        tests: ['test/store/session-state.test.ts'],
      },
      {
        breaks: 'a session past its end can end others once it is denylisted',
        find: "if (row.state === 'ended') throw",
        replace: "if (row.state === 'ended' && !isDenylisted) throw",
        tests: ['test/store/session-state.test.ts'],
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/session/verify.ts',
    [VERIFY],
    [
      {
        breaks: 'a misconfigured service calls tokens inactive',
        find: "['expired_token', 'invalid_token', 'revoked_token', 'invalid_api_key', 'user_required']",
        replace:
          "['expired_token', 'invalid_token', 'revoked_token', 'invalid_api_key', 'user_required', 'misconfigured']",
        tests: [INTROSPECT, 'test/flows/oauth/revoke.test.ts'],
      },
      {
        breaks: 'token routes do not ask whether a person is revoked',
        find: '  requireStanding(await findStanding(deps.denylist, claims));\n',
        replace: '',
      },
      {
        breaks: 'token routes do not ask whether a machine is revoked',
        find: '  requireStanding(await findStanding(denylist, claims));\n',
        replace: '',
        tests: [PROGRAMS],
      },
      {
        breaks: 'a scope that is named is not required',
        find: '  requireScopes(bearer.claims.scope, scopes);\n',
        replace: '',
        tests: [PROGRAMS],
      },
      { breaks: 'one of several scopes is enough', find: 'needed.every(', replace: 'needed.some(', tests: [PROGRAMS] },
      {
        breaks: 'any audience may be named',
        find: 'audience !== undefined && !',
        replace: 'audience === undefined && !',
        tests: [PROGRAMS],
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/session/standing.ts',
    [VERIFY],
    [
      {
        breaks: 'token routes ignore the denylist',
        find: "if (standing === 'revoked') throw new Refusal('revoked_token');",
        replace: '',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/session/read-token.ts',
    [VERIFY],
    [
      {
        breaks: 'a token with a longer life than configured outlives its denylist entry',
        find: 'if (isTooOld && !when.mayBeExpired) throw',
        replace: 'if (isTooOld && when.mayBeExpired) throw',
        tests: [VERIFY, 'test/flows/session/log-out.test.ts'],
      },
      {
        breaks: 'an access token has no maximum length',
        find: 'accessToken.length > MAX_TOKEN_LENGTH) throw',
        replace: 'accessToken.length > 1e9) throw',
      },
      {
        breaks: 'machines are taken for people',
        find: '  if (!isOfSession(claims)) throw',
        replace: "  if (claims.sub === '') throw",
        tests: [PROGRAMS],
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/oauth/introspect.ts',
    [INTROSPECT],
    [
      {
        breaks: 'introspection calls a token inactive when the service fails',
        find: 'if (isAboutToken(error)) return undefined;\n    throw error;',
        replace: 'return undefined;',
      },
    ],
  ),
  ...mutantsOf(
    'src/index.ts',
    [VERIFY],
    [
      {
        breaks: 'the RPC verifies a value that is not a string',
        find: "typeof value === 'string' ? value : ''",
        replace: 'String(value)',
      },
    ],
  ),
];
