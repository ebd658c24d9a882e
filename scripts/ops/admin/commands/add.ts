import { parseAddress } from '../account.ts';
import { deliveryLines } from '../deliver.ts';
import { placeOf } from '../place.ts';
import { readPassword } from '../read-password.ts';
import type { OperatorCommand } from '../operator-command.ts';

export const add: OperatorCommand = {
  usage: {
    takes: 'EMAIL [--role R]... [--admin] [--verified] [--locale en|de] [--password-stdin]',
    does: 'makes a user, who gets a link to choose a password unless you pipe one in',
  },
  arity: [1, 1],
  options: ['role', 'admin', 'verified', 'locale', 'password-stdin'],
  prepare: ({ args: [email = ''], options }) => {
    parseAddress(email);
    const { role: roles, admin: isAdmin, verified, locale } = options;
    const fields = { email, roles, admin: isAdmin, email_verified: verified, locale };
    return async (admin) => {
      const password = options['password-stdin'] === true ? await readPassword() : undefined;
      // JSON leaves out what is undefined.
      const body = await admin.createUser({ ...fields, password });
      const { data, invitation } = body;
      const invited = invitation === null ? [] : deliveryLines(invitation, data.email);
      return { json: body, lines: [`Made ${data.email} (${data.user_id})${placeOf(admin)}.`, ...invited] };
    };
  },
};
