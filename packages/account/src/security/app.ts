import type { LoginChallenge, NewTotp } from 'latchkey-client';
import { make } from '../dom.ts';
import { makeOtherButton } from '../form.ts';
import { say } from '../language.ts';
import type { Text } from '../text.ts';
import { afterEnrolment } from './codes.ts';
import { copyButton } from './copying.ts';
import { appCodeField } from './fields.ts';
import { places } from './places.ts';
import { keepScreen, showScreen } from './screen.ts';
import { latchkey } from './session.ts';
import { makeTask } from './task.ts';

/** A button that begins to set up an authenticator app. With a `challenge`, that logs in. */
export function appTask(button: Text, challenge?: LoginChallenge): HTMLFormElement {
  const whenOver = challenge === undefined ? {} : { whenOver: startAgain };
  return makeTask({
    button,
    isMain: false,
    work: async () => {
      const offer = await latchkey.beginTotp(challenge);
      return () => showApp(offer, challenge);
    },
    ...whenOver,
  });
}

function showApp({ qrSvg, secret, otpauthUri, enrolmentToken }: NewTotp, challenge: LoginChallenge | undefined): void {
  const back = keepScreen();
  const field = appCodeField();
  const form = makeTask({
    fields: [field],
    button: { en: 'Set up the app', de: 'App einrichten' },
    work: async () =>
      afterEnrolment(await latchkey.confirmTotp({ enrolmentToken, code: field.input.value }, challenge), {
        en: 'The app is set up.',
        de: 'Die App ist eingerichtet.',
      }),
    beside: { wrong_factor: field },
    ...(challenge !== undefined && { whenOver: startAgain }),
  });
  showScreen({
    title: { en: 'Set up an authenticator app', de: 'Authenticator-App einrichten' },
    intro: {
      en: 'An authenticator app shows a new code of six digits every 30 seconds. Scan this picture with one, such as that of your password manager. Then type the code that it shows.',
      de: 'Eine Authenticator-App zeigt alle 30 Sekunden einen neuen Code mit sechs Ziffern. Scannen Sie dieses Bild mit einer solchen App, zum Beispiel der Ihres Passwort-Managers. Tippen Sie dann den Code ein, den sie zeigt.',
    },
    content: [
      pictureOf(qrSvg),
      ...secretOf(secret, otpauthUri),
      form,
      makeOtherButton({ en: 'Back', de: 'Zurück' }, back),
    ],
  });
}

/** The policy of the page lets in pictures of `data:` only. A script in one would not run. */
function pictureOf(svg: string): HTMLImageElement {
  const image = make('img', { id: 'qr', src: `data:image/svg+xml,${encodeURIComponent(svg)}` });
  say(image, {
    en: 'QR code with the key of your account. The key itself stands below.',
    de: 'QR-Code mit dem Schlüssel Ihres Kontos. Der Schlüssel selbst steht darunter.',
  });
  return image;
}

function secretOf(secret: string, uri: string): Node[] {
  const words = make('p', { id: 'secret-label' });
  say(words, {
    en: 'If you cannot scan it, type this key:',
    de: 'Wenn Sie es nicht scannen können, tippen Sie diesen Schlüssel ein:',
  });
  const grouped = secret.replaceAll(/(.{4})(?=.)/g, '$1 ');
  const key = make('p', {}, make('code', { id: 'secret', textContent: grouped }));
  const link = make('a', { href: uri });
  say(link, { en: 'Open an app on this device', de: 'App auf diesem Gerät öffnen' });
  const copy = copyButton({ en: 'Copy the key', de: 'Schlüssel kopieren' }, secret);
  return [words, key, make('div', { className: 'row' }, copy, link)];
}

const startAgain = (text: Text) => places().signIn(text, 'problem');
