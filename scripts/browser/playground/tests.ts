import type { BrowserTest } from '../test-case.ts';
import { administrationLooks, factorLooks, keyboard, looks } from './access.ts';
import { logsIn, refusesLogin, sendsNothing } from './account.ts';
import { appears, disappears } from './administration.ts';
import { changesEmail, changesPassword, deletes, resetsPassword, verifies } from './care.ts';
import { listsEvents } from './events.ts';
import { lacksPasskeys, setsUpFirst, usesApp, usesPasskey } from './factors.ts';
import { noStorage, offline } from './failures.ts';
import { forgetsKey, pagesKeys, refusesKey, usesKey } from './keys.ts';
import { letsMachineIn, replacesSecret } from './machines.ts';
import { noMails, noTransport } from './no-mails.ts';
import { goesOnByMail, needsPassword, registersByMail } from './registration.ts';
import { endsSessions, forgetsResults, logsOutEverywhere } from './sessions.ts';
import { provesAgain } from './step-up.ts';
import { memory, moves, tabs } from './stores.ts';
import { decodes, hides, runsDown } from './token.ts';
import { changesRoles, disables, endsTheirSessions, unlocks } from './users.ts';

/** The tests of the playground. */
export const playgroundTests: BrowserTest[] = [
  sendsNothing,
  logsIn,
  refusesLogin,
  decodes,
  runsDown,
  hides,
  endsSessions,
  logsOutEverywhere,
  forgetsResults,
  verifies,
  changesPassword,
  resetsPassword,
  changesEmail,
  deletes,
  registersByMail,
  goesOnByMail,
  needsPassword,
  noMails,
  noTransport,
  memory,
  tabs,
  moves,
  appears,
  disappears,
  disables,
  changesRoles,
  endsTheirSessions,
  unlocks,
  listsEvents,
  usesApp,
  usesPasskey,
  setsUpFirst,
  lacksPasskeys,
  provesAgain,
  usesKey,
  forgetsKey,
  refusesKey,
  pagesKeys,
  letsMachineIn,
  replacesSecret,
  offline,
  noStorage,
  keyboard,
  ...looks,
  ...factorLooks,
  ...administrationLooks,
];
