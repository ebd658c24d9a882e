import type { Factors } from 'latchkey-client';
import { makeOtherButton } from '../form.ts';
import type { Text } from '../text.ts';
import { notify } from '../view.ts';
import { currentPasswordField } from './fields.ts';
import { places } from './places.ts';
import { askForFactor, waysOf } from './proof.ts';
import { longAgo, whyAgain } from './why-again.ts';
import { explain } from './refusals.ts';
import { keepScreen, showScreen } from './screen.ts';
import { latchkey } from './session.ts';
import { makeTask, refusalOf } from './task.ts';

const title: Text = { en: 'Show that it is you', de: 'Zeigen Sie, dass Sie es sind' };
const leaveText: Text = { en: 'Back', de: 'Zurück' };

/**
 * Asks who it is once more, because the last login is too long ago, or has not shown the second factor (RFC 9470): for that
 * where the account has one, else for the password. Then shows again what is shown now, and calls `repeat`.
 */
export function proveAgain(repeat: () => void): void {
  const back = keepScreen();
  const done = () => {
    back();
    repeat();
  };
  ask(back, done).catch((error: unknown) => {
    const { code } = refusalOf(error);
    if (code === 'not_logged_in') places().signIn(explain(code), 'problem');
    else notify(explain(code));
  });
}

async function ask(back: () => void, done: () => void): Promise<void> {
  const methods = methodsOf(await latchkey.factors());
  if (methods.length === 0) return askForPassword(back, done);
  const prove = async (factor: Parameters<typeof latchkey.reauthenticate>[0]) => {
    await latchkey.reauthenticate(factor);
    return done;
  };
  const why = whyAgain(await latchkey.accessToken());
  askForFactor({ title, why, ways: await waysOf(methods), prove, leave: { text: leaveText, act: back } });
}

function methodsOf({ totp, passkeys, recovery_codes: codes }: Factors) {
  return [
    ...(passkeys.length > 0 ? (['passkey'] as const) : []),
    ...(totp === null ? [] : (['totp'] as const)),
    ...(codes === null || codes.left === 0 ? [] : (['recovery_code'] as const)),
  ];
}

function askForPassword(back: () => void, done: () => void): void {
  const field = currentPasswordField();
  const form = makeTask({
    fields: [field],
    button: { en: 'Continue', de: 'Weiter' },
    work: async () => {
      await latchkey.reauthenticate({ password: field.input.value });
      return done;
    },
    beside: { wrong_password: field },
  });
  const intro = {
    en: `${longAgo.en} Type your password again to change this.`,
    de: `${longAgo.de} Tippen Sie Ihr Passwort noch einmal ein, um das zu ändern.`,
  };
  showScreen({ title, intro, content: [form, makeOtherButton(leaveText, back)] });
}
