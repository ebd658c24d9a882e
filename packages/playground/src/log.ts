import { showCopyable } from './copyable.ts';
import { curlOf } from './curl.ts';
import { find, make } from './dom.ts';
import { type Exchange, pathOf } from './exchange.ts';
import { outputs } from './outputs.ts';
import { showBody } from './secrets.ts';

const MAX_ENTRIES = 50;

const list = find('requests', HTMLOListElement);
const secrets = find('show-secrets', HTMLInputElement);
const entries = new Map<Exchange, HTMLLIElement>();

/** Whether tokens and passwords are shown in full. */
export const isFull = () => secrets.checked;

/** Shows `exchange` at the top, or its outcome where it is shown already. */
export function showExchange(exchange: Exchange): void {
  const known = entries.get(exchange);
  const entry = known ?? make('li', '');
  const isOpen = known?.querySelector('details')?.open ?? true;
  entry.replaceChildren(showDetails(exchange, isOpen));
  if (known !== undefined) return;
  const former = list.querySelector('details');
  if (former !== null) former.open = false;
  entries.set(exchange, entry);
  list.prepend(entry);
  find('no-requests', HTMLParagraphElement).hidden = true;
  const [oldest] = entries;
  if (entries.size > MAX_ENTRIES && oldest !== undefined) forget(oldest);
}

/** Shows everything again after a change of `isFull`. */
export function showAgain(): void {
  for (const exchange of entries.keys()) showExchange(exchange);
}

export function clearLog(): void {
  for (const entry of entries) forget(entry);
  find('no-requests', HTMLParagraphElement).hidden = false;
}

function forget([exchange, entry]: [Exchange, HTMLLIElement]): void {
  entry.remove();
  entries.delete(exchange);
}

function showDetails(exchange: Exchange, isOpen: boolean): HTMLDetailsElement {
  const { method, body } = exchange;
  const summary = make(
    'summary',
    '',
    make('b', '', method),
    make('code', 'path', pathOf(exchange)),
    ...words(exchange),
  );
  const details = make('details', '', summary, ...showText('Sent', body), ...showOutcome(exchange), showCurl(exchange));
  details.open = isOpen;
  return details;
}

function words({ outcome }: Exchange): HTMLElement[] {
  if (outcome === undefined) return [make('span', 'status', '…')];
  if ('failure' in outcome) return [make('span', 'status refused', 'no answer')];
  const { status, milliseconds } = outcome;
  return [
    make('span', `status ${status < 400 ? 'fine' : 'refused'}`, String(status)),
    make('small', '', `${milliseconds} ms`),
  ];
}

function showOutcome({ outcome }: Exchange): HTMLElement[] {
  if (outcome === undefined) return [];
  if ('failure' in outcome) return [make('p', 'refused', outcome.failure)];
  return showText('Answer', outcome.body);
}

function showText(title: string, text: string): HTMLElement[] {
  return text === '' ? [] : [make('h3', '', title), make('pre', '', showBody(text, isFull()))];
}

const showCurl = (exchange: Exchange) =>
  showCopyable(curlOf(exchange, isFull()), `the curl line of ${exchange.method} ${pathOf(exchange)}`, outputs.log);
