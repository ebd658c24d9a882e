import { mutantsOf } from '../mutant.ts';

const COMMAND = 'test/scripts/ops/import/command.test.ts';
const SENDING = 'test/scripts/ops/import/sending.test.ts';
const FORMATS = 'test/scripts/ops/import/formats.test.ts';
const DUMPS = 'test/scripts/ops/import/dumps.test.ts';
const MOVING = 'test/scripts/ops/admin/moving.test.ts';

export const importCommand = [
  ...mutantsOf(
    'scripts/ops/import/send.ts',
    [SENDING],
    [
      {
        breaks: 'an import takes missing results for those of its lines',
        find: 'answer.data.length === lines.length',
        replace: 'answer.data.length <= lines.length',
      },
      {
        breaks: 'an import goes on sending to a service that is down',
        find: '[1, 2, 4, 8, 16]',
        replace: '[1, 2, 4, 8, 16, 32]',
      },
    ],
  ),
  ...mutantsOf(
    'scripts/ops/import/known-addresses.ts',
    [COMMAND],
    [
      {
        breaks: 'an import does not see that two spellings are one address',
        find: "typeof email === 'string' ? parseEmail(email) : undefined",
        replace: "typeof email === 'string' ? email : undefined",
      },
    ],
  ),
  ...mutantsOf(
    'scripts/ops/import/outcomes.ts',
    [COMMAND],
    [
      {
        breaks: 'an import takes users without their password whom nobody told it to',
        find: 'resetUnsupported ? sent.filter',
        replace: 'sent.length > 0 ? sent.filter',
      },
    ],
  ),
  ...mutantsOf(
    'scripts/ops/import/read-users.ts',
    [COMMAND],
    [
      {
        breaks: 'an import sends users of the first file before it has seen that the second is a wrong one',
        find: 'if (isPipe(index)) continue;',
        replace: 'if (index > 0) continue;',
      },
    ],
  ),
  ...mutantsOf(
    'scripts/ops/import/ids-file.ts',
    [COMMAND],
    [
      {
        breaks: 'an import writes its ids over another file',
        find: 'found !== undefined && !isOurs(file)',
        replace: 'found !== undefined && false',
      },
    ],
  ),
  ...mutantsOf(
    'scripts/ops/import/formats/sql/copy.ts',
    [FORMATS],
    [
      {
        breaks: 'an import takes the last row of a dump that is cut off',
        find: 'line?.isEnded !== true',
        replace: 'line === undefined',
      },
    ],
  ),
  ...mutantsOf(
    'scripts/ops/import/sources/better-auth.ts',
    [DUMPS],
    [
      {
        breaks: 'an import takes users of Better Auth without the passwords that they have',
        find: 'if (!hasAccounts)',
        replace: 'if (hasAccounts && false)',
      },
    ],
  ),
  ...mutantsOf(
    'scripts/ops/import/sources/supabase.ts',
    [DUMPS],
    [
      {
        breaks: 'an import lets in users whom Supabase has banned',
        find: 'disabled: isBanned(record, now)',
        replace: 'disabled: false',
      },
      {
        breaks: 'an import brings deleted users of Supabase back',
        find: "findText(record, 'deleted_at') !== undefined",
        replace: "record['deleted_at'] === true",
      },
    ],
  ),
  ...mutantsOf(
    'scripts/ops/import/sources/django.ts',
    [DUMPS],
    [
      {
        breaks: 'an import lets in users who are not active in Django',
        find: "!getBoolean(fields, 'is_active')",
        replace: 'false',
      },
    ],
  ),
  ...mutantsOf(
    'scripts/ops/admin/commands/export.ts',
    [MOVING],
    [
      {
        breaks: 'other users of the machine read an export of all hashes',
        find: "'wx', 0o600",
        replace: "'wx', 0o644",
      },
      {
        breaks: 'an export that failed leaves half of the users',
        find: 'await rm(part, { force: true });',
        replace: '',
      },
    ],
  ),
];
