import type { Challenge } from './challenge.ts';
import { find } from './dom.ts';
import { showProblems } from './forms.ts';

const form = find('second-step', HTMLFormElement);
let challenge: Challenge | undefined;

/** The challenge that the form answers. */
export const secondStep = () => challenge;

/** Shows the form for the second factor of an account whose password was right; with `undefined`, none any more. */
export function showSecondStep(next: Challenge | undefined): void {
  challenge = next;
  form.reset();
  showProblems(form, undefined);
  form.hidden = next === undefined;
  find('second-step-passkey', HTMLButtonElement).hidden = next?.methods.includes('passkey') !== true;
  if (next !== undefined) find('second-step-factor', HTMLInputElement).focus();
}
