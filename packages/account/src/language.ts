import { find } from './dom.ts';
import type { Text } from './text.ts';

type Language = 'en' | 'de';

let language: Language = 'en';

/** The language that the page speaks now. */
export const spoken = (): Language => language;

/** The other language, and what it calls itself. */
const others = { en: { lang: 'de', name: 'Deutsch' }, de: { lang: 'en', name: 'English' } } as const;

/**
 * Makes `element` say `text` as a text node, and again in the other language when that is chosen. An image says it to those
 * who do not see it.
 */
export function say(element: HTMLElement, text: Text | undefined): void {
  element.dataset['en'] = text?.en ?? '';
  if (text?.de === undefined) delete element.dataset['de'];
  else element.dataset['de'] = text.de;
  translate(element);
}

function translate(element: HTMLElement): void {
  const { en = '', [language]: words } = element.dataset;
  if (element instanceof HTMLImageElement) element.alt = words ?? en;
  else element.textContent = words ?? en;
  if (words === undefined && en !== '') element.lang = 'en';
  else element.removeAttribute('lang');
}

/**
 * Speaks the language that `lang` in the address asks for, or the first of the browser's that is English or German.
 * English is the default. Offers the other one.
 */
export function startSpeaking(): void {
  const wanted = [new URLSearchParams(location.search).get('lang') ?? '', ...navigator.languages];
  speak(wanted.map(languageOf).find((language) => language !== undefined) ?? 'en');
  const button = find('language', HTMLButtonElement);
  button.addEventListener('click', () => {
    speak(others[language].lang);
    // A reload keeps the choice.
    history.replaceState(history.state, '', `?lang=${language}`);
  });
  button.hidden = false;
}

/** Says all that the page shows in the language that is spoken now. */
export function translateAll(): void {
  for (const element of document.querySelectorAll<HTMLElement>('[data-en]')) translate(element);
}

function speak(chosen: Language): void {
  language = chosen;
  document.documentElement.lang = chosen;
  translateAll();
  const { lang, name } = others[chosen];
  Object.assign(find('language', HTMLButtonElement), { lang, textContent: name });
}

/** The language of a tag such as `de-AT` (RFC 5646). */
function languageOf(tag: string): Language | undefined {
  const primary = tag.toLowerCase().split('-')[0];
  return primary === 'en' || primary === 'de' ? primary : undefined;
}
