// npm run user -- COMMAND: finds, makes and changes users, on this machine or on another, without SQL.
import { UsageError } from '../command.ts';
import { createCommandSet, isRemoval } from './admin/command-set.ts';
import { add } from './admin/commands/add.ts';
import { email, verify } from './admin/commands/address.ts';
import { deleteUser } from './admin/commands/delete.ts';
import { disable, enable } from './admin/commands/disable.ts';
import { exportUsers } from './admin/commands/export.ts';
import { factors } from './admin/commands/factors.ts';
import { find } from './admin/commands/find.ts';
import { keys, revokeKey } from './admin/commands/keys.ts';
import { reset, unlock } from './admin/commands/login.ts';
import { logoutEverybody } from './admin/commands/logout-everybody.ts';
import { admin, claims } from './admin/commands/rights.ts';
import { roles } from './admin/commands/roles.ts';
import { logout, sessions } from './admin/commands/sessions.ts';
import { show } from './admin/commands/show.ts';
import { stats } from './admin/commands/stats.ts';
import { why } from './admin/commands/why.ts';

const commands = {
  find,
  show,
  why,
  add,
  disable,
  enable,
  delete: deleteUser,
  admin,
  roles,
  claims,
  email,
  verify,
  reset,
  unlock,
  factors,
  sessions,
  logout,
  keys,
  'revoke-key': revokeKey,
  'logout-everybody': logoutEverybody,
  stats,
  export: exportUsers,
};

const EDITORS = ['roles'];

const PASSWORD_OPTION = /^--?(p|pw|pwd|pass|passwd|password|passphrase|new-password)(=|$)/i;

function refusePasswords(args: string[]): void {
  if (args.some((arg) => PASSWORD_OPTION.test(arg) && !isRemoval(EDITORS, arg, args)))
    throw new UsageError('A password is not an argument: other users of the machine could read it. Pipe it in.');
}

export const command = createCommandSet({
  script: 'user',
  takes: '[EMAIL|ID]',
  commands,
  editors: EDITORS,
  options: '  --last-admin         goes on even if no administrator is left\n',
  remark:
    'A password comes from standard input (--password-stdin). There is no --password: other users of the machine could read it.\n',
  vet: refusePasswords,
});
