import { account } from './account.ts';
import { adminClients } from './admin-clients.ts';
import { adminSessions } from './admin-sessions.ts';
import { adminUsers } from './admin-users.ts';
import { events } from './event.ts';
import { factorLogins } from './factor-login.ts';
import { ownFactors } from './factor.ts';
import { apiKeys } from './key.ts';
import { mailed } from './mailed.ts';
import { oauth } from './oauth.ts';
import type { Operations } from './operation-prose.ts';
import { sessions } from './session.ts';
import { transfer } from './transfer.ts';

/** What the document says of each route. A route without an entry here is an error of `npm run assets`. */
export const operations: Operations = {
  ...account,
  ...mailed,
  ...sessions,
  ...factorLogins,
  ...ownFactors,
  ...apiKeys,
  ...oauth,
  ...adminUsers,
  ...adminSessions,
  ...adminClients,
  ...transfer,
  ...events,
};
