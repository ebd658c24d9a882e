import type { User } from 'latchkey-client';
import type { Challenge } from './challenge.ts';
import { showCopyable } from './copyable.ts';
import { find, make } from './dom.ts';
import { showProblems } from './forms.ts';
import { textOf } from './json-field.ts';
import { outputs } from './outputs.ts';
import { hideOnce, showOnce } from './shown-once.ts';

const section = find('factors', HTMLElement);
const rename = find('rename-passkey', HTMLFormElement);
let shownTo: string | undefined;
let challenge: Challenge | undefined;
let renamed = '';

/** The challenge of somebody who has to set up a factor to log in; `undefined` for a user, and when nobody has to. */
export const enrolment = () => challenge;

/** The id of the passkey that gets another name. */
export const renamedPasskey = () => renamed;

/** Shows the part "Second factors" to `user`, and to nobody else. It forgets what another one has set up. */
export function showFactorsPart(user: User | undefined): void {
  const id = user?.user_id;
  const hasFocus = section.contains(document.activeElement);
  // Whoever has just logged in by the first factor reads the recovery codes, and may see the list before this.
  const isFirst = challenge !== undefined && id !== undefined;
  challenge = undefined;
  showPart(id !== undefined);
  if (section.hidden && hasFocus) find('account-title', HTMLHeadingElement).focus();
  if (id === shownTo) return;
  shownTo = id;
  if (isFirst) return;
  forget();
  hideOnce('codes');
}

/** Shows the part "Second factors" to somebody who has to set one up to log in. */
export function showEnrolment(next: Challenge): void {
  forget();
  hideOnce('codes');
  shownTo = undefined;
  challenge = next;
  showPart(true);
  find('factors-title', HTMLHeadingElement).focus();
}

function showPart(isShown: boolean): void {
  section.hidden = !isShown;
  find('own-factors', HTMLDivElement).hidden = challenge !== undefined;
}

function forget(): void {
  for (const form of section.querySelectorAll('form')) form.reset();
  find('factor-list', HTMLUListElement).replaceChildren();
  showRename(undefined);
  showOffer(undefined);
}

/** Shows what an authenticator app needs, and the form for its code; with `undefined`, none any more. */
export function showOffer(offer: unknown): void {
  const form = find('confirm-app', HTMLFormElement);
  form.reset();
  showProblems(form, undefined);
  form.hidden = offer === undefined;
  hideOnce('app');
  const [secret = '', uri = '', svg = ''] = ['secret', 'otpauth_uri', 'qr_svg'].map((name) => textOf(offer, name));
  if (offer === undefined) return;
  const image = make('img', 'qr');
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  image.alt = 'The QR code of the secret';
  const [first, second] = [[secret, 'the secret'] as const, [uri, 'the URI for the app'] as const];
  showOnce('app', image, showCopyable(...first, outputs.factors), showCopyable(...second, outputs.factors));
  find('confirm-app-code', HTMLInputElement).focus();
}

/** Shows new recovery codes; nothing without any. */
export function showCodes(codes: unknown): void {
  if (!Array.isArray(codes)) return;
  showOnce('codes', showCopyable(codes.join('\n'), 'the recovery codes', outputs.factors));
}

/** Shows the form that gives the passkey another name; with `undefined`, none any more. */
export function showRename(passkey: { id: string; name: string } | undefined): void {
  renamed = passkey?.id ?? '';
  rename.hidden = passkey === undefined;
  showProblems(rename, undefined);
  const input = find('rename-passkey-name', HTMLInputElement);
  input.value = passkey?.name ?? '';
  if (passkey === undefined) return;
  input.focus();
  input.select();
}
