import type { BrowserTest } from '../test-case.ts';
import { keyboard, looks, noScript } from './access.ts';
import { guide } from './guide.ts';
import { asksAgain, codes, confirms, registersByLink, undoes } from './flows.ts';
import { asksInLanguage, speaks } from './languages.ts';
import { redeemsOnce, refusesBroken, reloads, secondLink, takesToken } from './links.ts';
import { leadsToApp, registers, resetsByCode, resetsByLink, undoesChange, verifies } from './real-mails.ts';
import { securityTests } from './security/tests.ts';
import { endsThere, saysWhat, showsFields } from './refusals.ts';

/** The tests of the account pages. */
export const accountTests: BrowserTest[] = [
  takesToken,
  redeemsOnce,
  refusesBroken,
  reloads,
  secondLink,
  confirms,
  undoes,
  registersByLink,
  ...codes,
  asksAgain,
  saysWhat,
  showsFields,
  endsThere,
  speaks,
  asksInLanguage,
  keyboard,
  noScript,
  ...looks,
  verifies,
  resetsByLink,
  resetsByCode,
  undoesChange,
  leadsToApp,
  registers,
  guide,
  ...securityTests,
];
