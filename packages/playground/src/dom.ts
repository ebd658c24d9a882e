/** The element with the id `id`. Throws `TypeError` when the page has none of that type. */
export function find<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id);
  if (found instanceof type) return found;
  throw new TypeError(`The page has no ${type.name} with the id ${id}.`);
}

/** A new element. Texts become text nodes, never markup. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className !== '') element.className = className;
  element.append(...children);
  return element;
}

/** Calls `listener` for each click on the button with the id `id`. */
export function onClick(id: string, listener: () => Promise<void> | void): void {
  find(id, HTMLButtonElement).addEventListener('click', () => void listener());
}
