import { makeOtherButton } from '../form.ts';
import type { Text } from '../text.ts';
import { notify } from '../view.ts';

/** A button that copies `words`. */
export function copyButton(text: Text, words: string): HTMLButtonElement {
  return makeOtherButton(text, () => {
    copy(words)
      .then(() => notify({ en: 'Copied.', de: 'Kopiert.' }, 'done'))
      .catch(() =>
        notify({
          en: 'This browser does not let the page copy. Select the text, and copy it yourself.',
          de: 'Dieser Browser lässt die Seite nicht kopieren. Markieren Sie den Text, und kopieren Sie ihn selbst.',
        }),
      );
  });
}

/** Pages without https have no clipboard. */
const copy = async (words: string) => navigator.clipboard.writeText(words);
