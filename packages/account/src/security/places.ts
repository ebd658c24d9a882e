import type { Text } from '../text.ts';

/** What comes after a step that has worked: it shows the next screen. */
export type Next = () => void;

type Places = {
  /** Shows the form to log in, and says `notice`. */
  signIn: (notice?: Text, kind?: 'done' | 'problem') => void;
  /** Loads the factors of the account. What it returns shows them. Throws `LatchkeyError`. */
  home: (notice?: Text, kind?: 'done' | 'problem') => Promise<Next>;
  /** Asks who it is once more, shows again what is shown now, and calls `repeat`. */
  proveAgain: (repeat: () => void) => void;
};

let known: Places | undefined;

/** Says where the screens are that all others lead to. */
export function setPlaces(places: Places): void {
  known = places;
}

/** The screens that all others lead to. */
export function places(): Places {
  if (known === undefined) throw new TypeError('The page has no places yet.');
  return known;
}
