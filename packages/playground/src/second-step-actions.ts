import { askJson } from './ask.ts';
import { onClick } from './dom.ts';
import { onSend } from './forms.ts';
import { fieldOf } from './json-field.ts';
import { act, outputs } from './outputs.ts';
import { logins } from './page.ts';
import { getPasskey } from './passkeys.ts';
import { readFactor } from './proof.ts';
import { secondStep } from './second-step.ts';

/** Connects what logs in by a second factor, and by a passkey alone. */
export function connectFactorLogins(): void {
  onSend('second-step', (field, button) =>
    act(outputs.account, async () => {
      const { token, passkeyOptions } = secondStep() ?? {};
      const byPasskey = button === 'second-step-passkey';
      const proof = byPasskey ? { passkey: await getPasskey(passkeyOptions) } : readFactor(field('factor'));
      await logins.keepLogin(await askJson('/auth/login/factor', { fields: { challenge_token: token, ...proof } }));
      return 'Logged in, with a second factor.';
    }),
  );

  onClick('log-in-passkey', async () => {
    await act(outputs.account, async () => {
      const passkey = await getPasskey(await findPasskeyOptions());
      await logins.keepLogin(await askJson('/auth/login/passkey', { fields: { passkey } }));
      return 'Logged in, by a passkey alone.';
    });
  });
}

/** What the browser needs to use a passkey, whosever it is. */
export const findPasskeyOptions = async () => fieldOf(await askJson('/auth/login/passkey/options'), 'data');
