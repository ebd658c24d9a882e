import type { Factors, Passkey } from 'latchkey-client';
import { make } from '../dom.ts';
import { makeOtherButton } from '../form.ts';
import { say } from '../language.ts';
import type { Text } from '../text.ts';
import { appTask } from './app.ts';
import { showCodes } from './codes.ts';
import { codesSentence, factorSentence, noneYet } from './sentences.ts';
import { passkeyButton, showRenaming } from './passkeys.ts';
import { showRemoval } from './removal.ts';
import { latchkey } from './session.ts';
import { makeTask } from './task.ts';

const removeText: Text = { en: 'Remove', de: 'Entfernen' };

/** A part of the page with a heading. */
export function sectionOf(id: string, title: Text, ...content: Node[]): HTMLElement {
  const heading = make('h2', { id: `${id}-title` });
  say(heading, title);
  const section = make('section', { id }, heading, ...content);
  section.setAttribute('aria-labelledby', heading.id);
  return section;
}

/** The authenticator app, and what to do with it. */
export function appSection(factors: Factors): HTMLElement {
  const { totp, passkeys } = factors;
  const title = { en: 'Authenticator app', de: 'Authenticator-App' };
  if (totp === null) {
    return sectionOf('app', title, paragraph(noneYet), appTask({ en: 'Set up an app', de: 'App einrichten' }));
  }
  const remove = makeOtherButton(removeText, () =>
    showRemoval({
      title: { en: 'Remove the authenticator app?', de: 'Authenticator-App entfernen?' },
      isLast: passkeys.length === 0,
      remove: () => latchkey.removeTotp(),
    }),
  );
  const replace = appTask({ en: 'Set up another app', de: 'Andere App einrichten' });
  return sectionOf('app', title, paragraph(factorSentence(totp)), make('div', { className: 'row' }, replace, remove));
}

/** The passkeys, and what to do with them. `canAdd` says whether this browser can make one. */
export function passkeysSection({ passkeys, totp }: Factors, canAdd: boolean): HTMLElement {
  const isLast = totp === null && passkeys.length === 1;
  return sectionOf(
    'passkeys',
    { en: 'Passkeys', de: 'Passkeys' },
    passkeys.length === 0
      ? paragraph(noneYet)
      : make('ul', {}, ...passkeys.map((passkey, index) => passkeyItem(passkey, index, isLast))),
    ...(canAdd ? [passkeyButton({})] : []),
  );
}

function passkeyItem(passkey: Passkey, index: number, isLast: boolean): HTMLLIElement {
  const { id, name } = passkey;
  const title = make('strong', { id: `passkey-${index}`, textContent: name });
  const rename = makeOtherButton({ en: 'Rename', de: 'Umbenennen' }, () => showRenaming(passkey));
  const remove = makeOtherButton(removeText, () =>
    showRemoval({
      title: { en: `Remove the passkey “${name}”?`, de: `Passkey „${name}“ entfernen?` },
      isLast,
      remove: () => latchkey.removePasskey(id),
    }),
  );
  for (const button of [rename, remove]) button.setAttribute('aria-describedby', title.id);
  const buttons = make('div', { className: 'row' }, rename, remove);
  return make('li', {}, title, paragraph(factorSentence({ ...passkey, isSynced: passkey.backed_up })), buttons);
}

/** The recovery codes. An account without a second factor has none. */
export function codesSection({ totp, passkeys, recovery_codes: codes }: Factors): HTMLElement[] {
  if (totp === null && passkeys.length === 0) return [];
  const replace = makeTask({
    button: { en: 'Make new codes', de: 'Neue Codes machen' },
    isMain: false,
    work: async () => {
      const made = await latchkey.replaceRecoveryCodes();
      return () =>
        showCodes(made, { en: 'You have new recovery codes.', de: 'Sie haben neue Wiederherstellungscodes.' });
    },
  });
  const title = { en: 'Recovery codes', de: 'Wiederherstellungscodes' };
  return [sectionOf('recovery', title, paragraph(codesSentence(codes)), replace)];
}

function paragraph(text: Text): HTMLParagraphElement {
  const words = make('p');
  say(words, text);
  return words;
}
