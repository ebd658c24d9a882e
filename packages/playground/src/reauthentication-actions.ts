import { askJson } from './ask.ts';
import { onClick } from './dom.ts';
import { onSend } from './forms.ts';
import { act, outputs } from './outputs.ts';
import { asUser, logins, showHeldToken } from './page.ts';
import { getPasskey } from './passkeys.ts';
import { readFactor } from './proof.ts';
import { hideProof, offerAfterRefusals, offerProof, placeOfProof } from './reauthentication.ts';
import { findPasskeyOptions } from './second-step-actions.ts';

/** Connects the form that proves again who it is. */
export function connectReauthentication(): void {
  offerAfterRefusals();
  onClick('prove', () => offerProof(outputs.token));
  onSend('reauthenticate', (field, button) =>
    act(placeOfProof(), async () => {
      const byPasskey = button === 'reauthenticate-passkey';
      const fields = byPasskey
        ? { passkey: await getPasskey(await findPasskeyOptions()) }
        : { ...passwordIn(field('password')), ...factorIn(field('factor')) };
      await logins.keepNext(await askJson('/auth/reauthenticate', { fields, by: asUser }));
      await showHeldToken();
      hideProof();
      return 'Authenticated. The access token says so now: do again what was refused.';
    }),
  );
}

const passwordIn = (text: string) => (text === '' ? {} : { password: text });

const factorIn = (text: string) => (text.trim() === '' ? {} : readFactor(text));
