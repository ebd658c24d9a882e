import { administration } from './administration.ts';
import { accessTokens } from './access-tokens.ts';
import { accounts } from './accounts.ts';
import { apiKeys } from './api-keys.ts';
import { client } from './client.ts';
import { config } from './config.ts';
import { crypto } from './crypto.ts';
import { events } from './events.ts';
import { factors } from './factors.ts';
import { http } from './http.ts';
import { importCommand } from './import-command.ts';
import { imports } from './import.ts';
import { legacyHashes } from './legacy-hashes.ts';
import { logins } from './logins.ts';
import { mail } from './mail.ts';
import { managedClients } from './managed-clients.ts';
import { ownAccount } from './own-account.ts';
import { programs } from './programs.ts';
import { refresh } from './refresh.ts';
import { revocation } from './revocation.ts';
import { secondFactors } from './second-factors.ts';
import { sessions } from './sessions.ts';
import { stepUp } from './step-up.ts';
import { tokenChecks } from './token-checks.ts';
import { verifiers } from './verifiers.ts';

/** Every mutant, subject by subject. */
export const mutants = [
  ...crypto,
  ...accessTokens,
  ...secondFactors,
  ...factors,
  ...legacyHashes,
  ...administration,
  ...managedClients,
  ...imports,
  ...tokenChecks,
  ...apiKeys,
  ...programs,
  ...accounts,
  ...logins,
  ...ownAccount,
  ...sessions,
  ...refresh,
  ...stepUp,
  ...revocation,
  ...events,
  ...http,
  ...importCommand,
  ...config,
  ...mail,
  ...client,
  ...verifiers,
];
