import { find, make } from './dom.ts';
import { fieldOf, textOf } from './json-field.ts';

/** A passkey of the account, as `GET /auth/factors` has it. */
export type Passkey = { id: string; name: string };

/** What the buttons of the entries do. */
export type FactorActions = {
  removeApp: () => Promise<void>;
  renamePasskey: (passkey: Passkey) => void;
  removePasskey: (passkey: Passkey) => Promise<void>;
  replaceCodes: () => Promise<void>;
};

/** Shows the second factors in `data`, each with its buttons. Returns whether there is any. */
export function showFactors(data: unknown, actions: FactorActions): boolean {
  const [app, passkeys, codes] = ['totp', 'passkeys', 'recovery_codes'].map((name) => fieldOf(data, name) ?? undefined);
  const entries = [
    ...(app === undefined ? [] : [showApp(app, actions)]),
    ...(Array.isArray(passkeys) ? passkeys.map((passkey) => showPasskey(passkey, actions)) : []),
    ...(codes === undefined ? [] : [showCodes(codes, actions)]),
  ];
  find('factor-list', HTMLUListElement).replaceChildren(...entries);
  return entries.length > 0;
}

function showApp(app: unknown, { removeApp }: FactorActions): HTMLLIElement {
  return showEntry('Authenticator app', useOf(app), showButton('Remove', 'the authenticator app', removeApp));
}

function showPasskey(entry: unknown, { renamePasskey, removePasskey }: FactorActions): HTMLLIElement {
  const passkey = { id: textOf(entry, 'id') ?? '', name: textOf(entry, 'name') ?? '' };
  const place = fieldOf(entry, 'backed_up') === true ? 'backed up' : 'on one device';
  return showEntry(
    passkey.name,
    `Passkey, ${place}. ${useOf(entry)}`,
    showButton('Rename', `the passkey ${passkey.name}`, () => renamePasskey(passkey)),
    showButton('Remove', `the passkey ${passkey.name}`, () => removePasskey(passkey)),
  );
}

function showCodes(codes: unknown, { replaceCodes }: FactorActions): HTMLLIElement {
  const words = `Left: ${String(fieldOf(codes, 'left'))}. Made ${timeOf(codes, 'made_on')}`;
  return showEntry('Recovery codes', words, showButton('Replace', 'the recovery codes', replaceCodes));
}

const showEntry = (title: string, words: string, ...buttons: HTMLButtonElement[]) =>
  make('li', '', make('div', '', make('span', 'agent', title), make('small', '', words)), ...buttons);

function showButton(verb: string, what: string, listener: () => Promise<void> | void): HTMLButtonElement {
  const button = make('button', '', verb);
  button.type = 'button';
  button.setAttribute('aria-label', `${verb} ${what}`);
  button.addEventListener('click', () => void listener());
  return button;
}

function useOf(factor: unknown): string {
  const use = timeOf(factor, 'last_used_on');
  return `Added ${timeOf(factor, 'added_on')}, ${use === undefined ? 'not used yet' : `last used ${use}`}`;
}

function timeOf(value: unknown, name: string): string | undefined {
  const text = textOf(value, name);
  return text === undefined ? undefined : new Date(text).toLocaleString();
}
