import { makeOtherButton } from '../form.ts';
import type { Text } from '../text.ts';
import { places } from './places.ts';
import { keepScreen, showScreen } from './screen.ts';
import { makeTask } from './task.ts';

type Removal = { title: Text; isLast: boolean; remove: () => Promise<void> };

/** Asks whether to remove a factor, and says what becomes of the rest. */
export function showRemoval({ title, isLast, remove }: Removal): void {
  const back = keepScreen();
  const form = makeTask({
    button: { en: 'Remove', de: 'Entfernen' },
    work: async () => {
      await remove();
      return places().home({
        en: 'Removed. All your other devices are logged out.',
        de: 'Entfernt. Alle Ihre anderen Geräte sind abgemeldet.',
      });
    },
  });
  const content = [form, makeOtherButton({ en: 'Back', de: 'Zurück' }, back)];
  showScreen({ title, intro: isLast ? last : others, content });
}

const others: Text = {
  en: 'It logs in no more. All your other devices are logged out.',
  de: 'Damit meldet sich niemand mehr an. Alle Ihre anderen Geräte werden abgemeldet.',
};

const last: Text = {
  en: 'This is your last second factor. Without it, your password alone logs in, and your recovery codes are void. All your other devices are logged out.',
  de: 'Das ist Ihr letzter zweiter Faktor. Ohne ihn meldet Ihr Passwort allein an, und Ihre Wiederherstellungscodes gelten nicht mehr. Alle Ihre anderen Geräte werden abgemeldet.',
};
