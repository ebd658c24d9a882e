import type { LoginChallenge, Passkey } from 'latchkey-client';
import { makeOtherButton } from '../form.ts';
import type { Text } from '../text.ts';
import { afterEnrolment } from './codes.ts';
import { passkeyNameField } from './fields.ts';
import { places } from './places.ts';
import { keepScreen, showScreen } from './screen.ts';
import { latchkey } from './session.ts';
import { makeTask } from './task.ts';

const backText: Text = { en: 'Back', de: 'Zurück' };

/** A button that leads to where a passkey is made. With a `challenge`, that logs in. */
export function passkeyButton({ isMain = false, challenge }: { isMain?: boolean; challenge?: LoginChallenge }) {
  const text = { en: 'Set up a passkey', de: 'Passkey einrichten' };
  const button = makeOtherButton(text, () => showNewPasskey(challenge));
  if (isMain) button.className = 'main';
  return button;
}

function showNewPasskey(challenge: LoginChallenge | undefined): void {
  const back = keepScreen();
  const field = passkeyNameField('Passkey');
  const form = makeTask({
    fields: [field],
    button: { en: 'Make the passkey', de: 'Passkey anlegen' },
    work: async () =>
      afterEnrolment(await latchkey.addPasskey({ name: field.input.value.trim() }, challenge), {
        en: 'The passkey is set up.',
        de: 'Der Passkey ist eingerichtet.',
      }),
    ...(challenge !== undefined && { whenOver: (text: Text) => places().signIn(text, 'problem') }),
  });
  showScreen({
    title: { en: 'Set up a passkey', de: 'Passkey einrichten' },
    intro: {
      en: 'A passkey is a key on your device or in your password manager. You use it with your fingerprint, your face or your PIN. It logs you in without a password, and no other site can ask for it. Name it, so that you know it later.',
      de: 'Ein Passkey ist ein Schlüssel auf Ihrem Gerät oder in Ihrem Passwort-Manager. Sie verwenden ihn mit Fingerabdruck, Gesicht oder PIN. Er meldet Sie ohne Passwort an, und keine andere Website kann ihn verlangen. Geben Sie ihm einen Namen, an dem Sie ihn erkennen.',
    },
    content: [form, makeOtherButton(backText, back)],
  });
}

/** Asks for another name of a passkey. */
export function showRenaming({ id, name }: Passkey): void {
  const back = keepScreen();
  const field = passkeyNameField(name);
  const form = makeTask({
    fields: [field],
    button: { en: 'Rename the passkey', de: 'Passkey umbenennen' },
    work: async () => {
      await latchkey.renamePasskey(id, { name: field.input.value.trim() });
      return places().home({ en: 'The passkey has a new name.', de: 'Der Passkey hat einen neuen Namen.' });
    },
  });
  showScreen({
    title: { en: 'Rename a passkey', de: 'Passkey umbenennen' },
    content: [form, makeOtherButton(backText, back)],
  });
}
