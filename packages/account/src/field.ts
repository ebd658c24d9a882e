import { make } from './dom.ts';
import { say } from './language.ts';
import type { Text } from './text.ts';

/** A field of a form. `check` says what is wrong before anything is sent. */
export type Field = {
  name: string;
  row: HTMLElement;
  input: HTMLInputElement;
  problem: HTMLElement;
  check: () => Text | undefined;
};

type Properties = Partial<HTMLInputElement>;

/** A field with its label, and a place for what is wrong with it. */
export function makeField(
  name: string,
  label: Text,
  properties: Properties,
  check: (input: HTMLInputElement) => Field['check'],
) {
  const input = make('input', { id: name, name, ...properties });
  const problem = make('p', { id: `${name}-problem`, className: 'problem' });
  input.setAttribute('aria-describedby', problem.id);
  const words = make('label', { htmlFor: name });
  say(words, label);
  const isBox = input.type === 'checkbox';
  const row = make(
    'div',
    { className: isBox ? 'choice' : 'field' },
    ...(isBox ? [input, words] : [words, input]),
    problem,
  );
  return { name, row, input, problem, check: check(input) };
}

export const isMissing: Text = { en: 'Fill in this field.', de: 'Füllen Sie dieses Feld aus.' };

export function emailField(value = ''): Field {
  const label = { en: 'E-mail address', de: 'E-Mail-Adresse' };
  // `username`, so that a password manager keeps the new password with this address.
  const properties: Properties = { type: 'email', autocomplete: 'username', value };
  return makeField('email', label, properties, (input) => () => (input.value.trim() === '' ? isMissing : undefined));
}

export function codeField(): Field {
  const label = { en: 'Code from the mail', de: 'Code aus der E-Mail' };
  const wrong = { en: 'The code has 8 digits.', de: 'Der Code hat 8 Ziffern.' };
  const properties: Properties = { autocomplete: 'one-time-code', inputMode: 'numeric', spellcheck: false };
  return makeField('code', label, properties, (input) => () => {
    input.value = input.value.replaceAll(/[\s-]/g, '');
    return /^\d{8}$/.test(input.value) ? undefined : wrong;
  });
}

/** A new password, which can be shown. */
export function passwordField(): Field {
  const label = { en: 'New password', de: 'Neues Passwort' };
  const properties: Properties = { type: 'password', autocomplete: 'new-password' };
  const field = makeField('password', label, properties, (input) => () => (input.value === '' ? isMissing : undefined));
  return showable(field);
}

/** `field`, a password, with a box that shows it. */
export function showable(field: Field): Field {
  const box = make('input', { id: 'show', type: 'checkbox' });
  box.addEventListener('change', () => (field.input.type = box.checked ? 'text' : 'password'));
  const words = make('label', { htmlFor: 'show' });
  say(words, { en: 'Show the password', de: 'Passwort zeigen' });
  field.row.append(make('div', { className: 'choice' }, box, words));
  return field;
}

/** A box that must be ticked. */
export function boxField(name: string, label: Text): Field {
  const missing = { en: 'Tick this box first.', de: 'Kreuzen Sie zuerst dieses Feld an.' };
  return makeField(name, label, { type: 'checkbox' }, (input) => () => (input.checked ? undefined : missing));
}

/** Says beside `field` what is wrong with it; with `undefined`, nothing is. */
export function showProblem({ input, problem }: Field, text: Text | undefined): void {
  say(problem, text);
  input.setAttribute('aria-invalid', String(text !== undefined));
}
