import { find } from './dom.ts';
import { showProblems } from './forms.ts';
import { onRefusal, outputs } from './outputs.ts';
import { onExchange } from './send.ts';
import { type StepUp, stepUpOf } from './step-up.ts';

const form = find('reauthenticate', HTMLFormElement);
let output = outputs.token;

/** What the newest refusal asks for (RFC 9470); `undefined` when it was another one. */
let asked: StepUp | undefined;

/** Where the form is: the part of the page that shows what came of it. */
export const placeOfProof = () => output;

/** Offers to prove again who it is after each refusal that asks for it, in the part of the page that shows the refusal. */
export function offerAfterRefusals(): void {
  onExchange(({ outcome }) => {
    asked = outcome !== undefined && 'body' in outcome ? stepUpOf(outcome.status, outcome.body) : undefined;
  });
  onRefusal((place) => {
    if (asked !== undefined) offerProof(place, asked.acr);
    asked = undefined;
  });
}

/** Shows the form below `place`. For the level `aal2`, a password alone does not do. */
export function offerProof(place: HTMLOutputElement, acr?: string): void {
  output = place;
  place.after(form);
  form.reset();
  showProblems(form, undefined);
  form.hidden = false;
  find(acr === 'aal2' ? 'reauthenticate-factor' : 'reauthenticate-password', HTMLInputElement).focus();
}

export function hideProof(): void {
  form.reset();
  form.hidden = true;
}
