import type { BrowserTest } from '../../test-case.ts';
import { keepsNothing, keyboard, languages, withoutPasskeys } from './access.ts';
import { showsCodes } from './codes.ts';
import { looks } from './looks.ts';
import { goesOn } from './refusals.ts';
import { forgetsPasskey, needsOne, operatorHelps } from './removals.ts';
import { changesAddress, missesFactor, provesAgain } from './steps.ts';
import { story } from './story.ts';
import { wantsVerification } from './verification.ts';

/** The tests of the page on which people care for their second factors. */
export const securityTests: BrowserTest[] = [
  ...story,
  ...provesAgain,
  ...changesAddress,
  ...forgetsPasskey,
  ...operatorHelps,
  ...wantsVerification,
  missesFactor,
  needsOne,
  goesOn,
  showsCodes,
  keepsNothing,
  withoutPasskeys,
  languages,
  keyboard,
  ...looks,
];
