import type { Enrolled } from 'latchkey-client';
import { make } from '../dom.ts';
import { boxField } from '../field.ts';
import { makeOtherButton } from '../form.ts';
import type { Text } from '../text.ts';
import { copyButton } from './copying.ts';
import { type Next, places } from './places.ts';
import { showScreen } from './screen.ts';
import { makeTask } from './task.ts';

/** What comes after a new factor: its recovery codes if it made some, else what the account has now. */
export async function afterEnrolment({ recoveryCodes }: Enrolled, done: Text): Promise<Next> {
  return recoveryCodes === undefined ? places().home(done) : () => showCodes(recoveryCodes, done);
}

/** Shows recovery codes, until somebody says that they are kept. Nobody can read them again. */
export function showCodes(codes: readonly string[], done: Text): void {
  const form = makeTask({
    fields: [boxField('kept', { en: 'I have kept them', de: 'Ich habe sie aufgehoben' })],
    button: { en: 'Continue', de: 'Weiter' },
    work: () => places().home(done),
  });
  const file = `${location.host}\n\n${codes.join('\n')}\n`;
  const tools = [
    copyButton({ en: 'Copy', de: 'Kopieren' }, codes.join('\n')),
    makeOtherButton({ en: 'Download', de: 'Herunterladen' }, () => download(file)),
    makeOtherButton({ en: 'Print', de: 'Drucken' }, () => print()),
  ];
  addEventListener('beforeunload', warn);
  showScreen({
    title: { en: 'Keep your recovery codes', de: 'Heben Sie Ihre Wiederherstellungscodes auf' },
    intro: {
      en: 'If you lose your second factor, each of these codes logs you in once, with your password. Keep them where you find them without your phone. Nobody can show them to you again.',
      de: 'Wenn Sie Ihren zweiten Faktor verlieren, meldet jeder dieser Codes Sie einmal an, zusammen mit Ihrem Passwort. Heben Sie sie dort auf, wo Sie sie auch ohne Ihr Telefon finden. Niemand kann sie Ihnen noch einmal zeigen.',
    },
    content: [
      make('ul', { id: 'codes' }, ...codes.map((code) => make('li', {}, make('code', { textContent: code })))),
      make('div', { className: 'row' }, ...tools),
      form,
    ],
    leave: () => removeEventListener('beforeunload', warn),
  });
}

/** The browser asks whether to leave the page. */
const warn = (event: BeforeUnloadEvent) => event.preventDefault();

function download(words: string): void {
  const href = URL.createObjectURL(new Blob([words], { type: 'text/plain' }));
  make('a', { href, download: 'recovery-codes.txt' }).click();
  URL.revokeObjectURL(href);
}
