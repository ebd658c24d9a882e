import { mutantsOf } from '../mutant.ts';

const IMPORT = 'test/flows/admin/import.test.ts';
const LINES = 'test/flows/admin/import-lines.test.ts';
const EXPORT = 'test/flows/admin/export.test.ts';
const LEGACY_LOGIN = 'test/flows/login/legacy-hashes.test.ts';
const CONFIG = 'test/config/legacy-hashes.test.ts';

/** Users who move in or out with their password hashes. */
export const imports = [
  ...mutantsOf(
    'src/store/statements/admin/import-users.ts',
    [IMPORT],
    [
      {
        breaks: 'an import takes an address that somebody may take back',
        find: "AND ${isFree({ email: field('email'), userId: field('id'), at })}",
        replace: '',
      },
      {
        breaks: 'an imported user is an administrator',
        find: "${field('admin')}, 0, ${field('registeredAt')}",
        replace: "1, 0, ${field('registeredAt')}",
      },
      {
        breaks: 'an imported user who is disabled can log in',
        find: "NULL, ${field('locale')}, ${field('disabledAt')}",
        replace: "NULL, ${field('locale')}, NULL",
      },
      {
        breaks: 'a second import writes the events again',
        find: 'where: isNew(sql`${given.at}`)',
        replace: 'where: sql`true`',
      },
      {
        breaks: 'nobody finds imported users by their role',
        find: 'WHERE users.id = imported.value AND',
        replace: "WHERE users.id = '' AND",
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/admin/plan-import.ts',
    [IMPORT, LINES],
    [
      {
        breaks: 'two lines of one call can have one address',
        find: 'if (twin !== undefined)',
        replace: 'if (twin === -1)',
      },
      {
        breaks: 'two lines of one call can have one id',
        find: 'if (sameId !== undefined)',
        replace: 'if (sameId === -1)',
      },
      {
        breaks: 'a user can have registered in the future',
        find: 'user.registeredAt > at',
        replace: 'user.registeredAt < at && false',
      },
      {
        breaks: 'roles and claims of an imported user can be larger than a token takes',
        find: "if (fault !== undefined) return faultAt('claims', fault);",
        replace: '',
      },
      {
        breaks: 'every imported address counts as verified',
        find: 'user.isVerified ? at.getTime() : null',
        replace: 'at.getTime()',
      },
      {
        breaks: 'whoever has the address already counts as the user to import',
        find: 'if (holder !== undefined && isSameUser(given, holder))',
        replace: 'if (holder !== undefined)',
      },
    ],
  ),
  ...mutantsOf(
    'src/http/routes/admin/import-users.ts',
    [IMPORT],
    [
      {
        breaks: 'a mistyped dry run writes',
        find: 'query: listQuery({ dry_run: choice })',
        replace: 'query: z.object({ dry_run: choice })',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/admin/import-users.ts',
    [IMPORT],
    [
      {
        breaks: 'a dry run writes',
        find: 'await (isDryRun\n',
        replace: 'await (false\n',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/admin/check-hash.ts',
    [LINES],
    [
      {
        breaks: 'an import takes hashes that are no longer accepted',
        find: 'if (!legacy.areAccepted)',
        replace: 'if (false)',
      },
      {
        breaks: 'an import takes hashes of Firebase that nobody can verify',
        find: "parsed.scheme === 'firebase-scrypt' && legacy.firebase === undefined",
        replace: 'false',
      },
      {
        breaks: 'an import takes hashes whose pepper is missing',
        find: 'if (!(await canVerify(hash, hashingParameters(config), legacy)))',
        replace: 'if (false)',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/admin/export-users.ts',
    [EXPORT],
    [
      {
        breaks: 'an administrator gets the hashes of all passwords',
        find: "if (!admin.isOperator) throw new Refusal('operator_required');",
        replace: '',
      },
    ],
  ),
  ...mutantsOf(
    'src/crypto/password-hash.ts',
    [LEGACY_LOGIN, 'test/crypto/password-hash.test.ts'],
    [
      {
        breaks: 'a hash of another system is accepted for ever',
        find: "if (!areAccepted) return 'legacy_hash_expired';",
        replace: '',
      },
      {
        breaks: 'a hash of another system is kept after a login',
        find: 'return own?.iterations !== parameters.iterations',
        replace: 'return own !== undefined && own.iterations !== parameters.iterations',
      },
      {
        breaks: 'the time tells the right password of an imported user who has to wait',
        find: 'newHash: await hashPassword(password, parameters)',
        replace: "newHash: verdict === 'right' ? undefined : await hashPassword(password, parameters)",
      },
      {
        breaks: 'every password is right for a hash of another system',
        find: "(await verifyLegacyHash(password, hash, terms.firebase)) ? 'right' : 'wrong'",
        replace: "(await verifyLegacyHash(password, hash, terms.firebase)) ? 'right' : 'right'",
      },
    ],
  ),
  ...mutantsOf(
    'src/config/legacy-hashes.ts',
    [CONFIG],
    [
      {
        breaks: 'hashes of other systems end a day too early',
        find: 'start + DAY_MS',
        replace: 'start',
      },
      {
        breaks: 'a day that no calendar has is taken for another one',
        find: ' || new Date(time).toISOString().slice(0, 10) !== day',
        replace: '',
      },
    ],
  ),
];
