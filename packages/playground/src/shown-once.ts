import { find } from './dom.ts';

type Name = 'key' | 'secret' | 'app' | 'codes';

/** Shows in the panel of a new key, secret or factor what `shown` has. Nobody can read the secret again. */
export function showOnce(name: Name, ...shown: HTMLElement[]): void {
  find(`new-${name}`, HTMLDivElement).hidden = false;
  find(`new-${name}-text`, HTMLDivElement).replaceChildren(...shown);
}

/** Hides the panel, and forgets what was in it. */
export function hideOnce(name: Name): void {
  find(`new-${name}`, HTMLDivElement).hidden = true;
  find(`new-${name}-text`, HTMLDivElement).replaceChildren();
}
