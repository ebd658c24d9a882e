import { find } from './dom.ts';
import { say } from './language.ts';
import type { Text } from './text.ts';

const part = {
  title: () => find('title', HTMLHeadingElement),
  notice: () => find('notice', HTMLParagraphElement),
  intro: () => find('intro', HTMLParagraphElement),
  view: () => find('view', HTMLDivElement),
};

export function showTitle(text: Text): void {
  say(part.title(), text);
  const title = document.querySelector('title');
  if (title !== null) say(title, text);
}

/** Says how it went. Screen readers read it out, and a problem at once. */
export function notify(text: Text | undefined, kind: 'done' | 'problem' = 'problem'): void {
  part.notice().className = kind;
  part.notice().role = kind === 'problem' ? 'alert' : 'status';
  say(part.notice(), text);
}

/** Replaces what the page shows below its title. The focus follows when it was in what disappears. */
export function showView(intro: Text | undefined, ...content: Node[]): void {
  const view = part.view();
  const hadFocus = view.contains(document.activeElement);
  say(part.intro(), intro);
  view.replaceChildren(...content);
  if (hadFocus) part.title().focus();
}
