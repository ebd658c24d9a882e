import { find } from '../dom.ts';
import { translateAll } from '../language.ts';
import type { Text } from '../text.ts';
import { notify, showTitle, showView } from '../view.ts';

/** What the page shows. `leave` is called when something else is shown. */
export type Screen = { title: Text; intro?: Text; content: Node[]; leave?: () => void };

let current: Screen | undefined;

/** Shows `screen` in the place of the one before, and moves the focus to its title. The first one leaves the focus alone. */
export function showScreen(screen: Screen): void {
  const isFirst = current === undefined;
  current?.leave?.();
  current = screen;
  notify(undefined);
  showTitle(screen.title);
  showView(screen.intro, ...screen.content);
  if (!isFirst) find('title', HTMLHeadingElement).focus();
}

/** Remembers what the page shows, with all that was typed. What it returns shows it again. */
export function keepScreen(): () => void {
  const kept = current;
  return () => {
    if (kept === undefined) return;
    showScreen(kept);
    // Somebody may have chosen the other language meanwhile.
    translateAll();
  };
}
