import { mutantsOf } from '../mutant.ts';

const CHANGE = 'test/flows/account/change-password.test.ts';
const OWN = 'test/flows/account/own-password.test.ts';
const DELETION = 'test/flows/account/delete-account.test.ts';

export const ownAccount = [
  ...mutantsOf(
    'src/store/users.ts',
    [CHANGE],
    [
      {
        breaks: 'a change of the password leaves the other sessions alive',
        find: '        revokeUnderVersion({ userId, version, at }),\n        insertSession(session),',
        replace: '        insertSession(session),\n        insertSession(session),',
      },
    ],
  ),
  ...mutantsOf(
    'src/store/statements/account/replace-password.ts',
    [CHANGE],
    [
      {
        breaks: 'of two simultaneous changes of a password, both have an effect',
        find: 'eq(users.version, version), isNull',
        replace: 'isNull',
      },
      {
        breaks: 'a login that is under way outlives a change of the password',
        find: ', version: sql`${users.version} + 1` }',
        replace: ' }',
      },
    ],
  ),
  ...mutantsOf(
    'src/store/statements/session/revoke-under-version.ts',
    [CHANGE],
    [
      {
        breaks: 'a change of the password that has come too late ends the sessions of the one before',
        find: 'isNull(sessions.revokedAt), exists(user))',
        replace: 'isNull(sessions.revokedAt))',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/account/change-password.ts',
    [CHANGE],
    [
      {
        breaks: 'token routes do not hear of a change of the password',
        find: '  await denylistUser(deps, changed);\n',
        replace: '',
      },
      {
        breaks: 'a change of the password asks for no current one',
        find: 'await checkOwnPassword(deps, caller, current, network)',
        replace: 'await checkOwnPassword(deps, caller, current, network).catch(() => Object(undefined))',
      },
      {
        breaks: 'the new password is not checked',
        find: "  await acceptNewPassword(deps, { password: next, email: user.email }, 'new_password');\n",
        replace: '',
      },
      {
        breaks: 'the new password may be the current one',
        find: 'if (toNfkc(next) === toNfkc(current)) {',
        replace: 'if (next === undefined) {',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/account/own-password.ts',
    [OWN],
    [
      {
        breaks: 'a wrong current password is told like a wrong login',
        find: "wrong: 'wrong_password'",
        replace: "wrong: 'invalid_credentials'",
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/account/delete-account.ts',
    [DELETION],
    [
      {
        breaks: 'a deletion that was overtaken gets a 200',
        find: 'if (!isDeleted) await refuseOvertaken(deps, caller);',
        replace: '',
      },
    ],
  ),
  ...mutantsOf(
    'src/store/statements/account/delete-user.ts',
    [DELETION],
    [
      {
        breaks: 'a deletion leaves the access token of a login in between to token routes',
        find: '\n    AND NOT EXISTS (SELECT 1 FROM sessions WHERE sessions.user_id = ${userId} AND sessions.revoked_at IS NULL)',
        replace: '',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/revocation.ts',
    [CHANGE],
    [
      {
        breaks: 'a caller whom only the denylist names can change the password',
        find: '  if (revoker.isDenylisted)\n    throw',
        replace: '  if (revoker === undefined)\n    throw',
      },
    ],
  ),
];
