import { make } from './dom.ts';
import { type Field, showProblem } from './field.ts';
import { translateFieldError } from './field-errors.ts';
import { say } from './language.ts';
import type { Text } from './text.ts';
import { isFinal, textOf } from './refusals.ts';
import type { Refusal } from './service.ts';
import { notify, showView } from './view.ts';

/** What is in a form, by the names of its fields. */
export type Values = Readonly<Record<string, string>>;

type Form = {
  fields: Field[];
  button: Text;
  send: (values: Values) => Promise<Refusal | undefined>;
  whenDone: (values: Values) => void;
  /** The token or the code is wrong, used or too old. */
  whenInvalid?: () => void;
  /** Handles a refusal, and returns whether it did. The form says what came of the others. */
  whenRefused?: (refusal: Refusal) => boolean;
  /** What to say in the place of the form when the service names a wrong field that it has not. */
  otherField?: Text;
  /** Whether its button is the main one of the page. */
  isMain?: boolean;
};

/** A form that sends once, however often somebody presses, and says what came of it. */
export function makeForm(options: Form): HTMLFormElement {
  const { fields, button, send, whenDone, whenInvalid, whenRefused, otherField, isMain = true } = options;
  const submit = make('button', { type: 'submit', className: isMain ? 'main' : '' });
  say(submit, button);
  const form = make('form', { noValidate: true }, ...fields.map(({ row }) => row), submit);
  let isBusy = false;

  const setBusy = (value: boolean): void => {
    isBusy = value;
    // A button that is `disabled` would lose the focus.
    submit.setAttribute('aria-disabled', String(value));
    if (value) notify({ en: 'One moment …', de: 'Einen Moment …' }, 'done');
  };

  const press = async (): Promise<void> => {
    if (isBusy) return;
    notify(undefined);
    if (showProblems(fields, (field) => field.check())) return;
    const values = Object.fromEntries(fields.map(({ name, input }) => [name, input.value]));
    setBusy(true);
    const refusal = await send(values);
    setBusy(false);
    // Another link was opened in this tab meanwhile.
    if (!form.isConnected) return;
    notify(undefined);
    if (refusal === undefined) whenDone(values);
    else if (refusal.code === 'invalid_challenge' && whenInvalid !== undefined) whenInvalid();
    else if (whenRefused?.(refusal) !== true) showRefusal(refusal);
  };

  const showRefusal = ({ code, errors }: Refusal): void => {
    const isPlaced = showProblems(fields, ({ name }) => {
      const found = errors.find(({ path }) => path === name || path === `new_${name}`);
      return found && translateFieldError(found.message);
    });
    if (isPlaced) return;
    const other = errors.length > 0 ? otherField : undefined;
    if (other !== undefined || isFinal(code)) showView(undefined);
    notify(other ?? textOf(code));
  };

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    press().catch(reportError);
  });
  return form;
}

/** Shows what is wrong with each field, and moves the focus to the first of them. Returns whether anything is. */
export function showProblems(fields: Field[], problemOf: (field: Field) => Text | undefined): boolean {
  const problems = fields.map((field) => ({ field, text: problemOf(field) }));
  for (const { field, text } of problems) showProblem(field, text);
  const first = problems.find(({ text }) => text !== undefined);
  first?.field.input.focus();
  return first !== undefined;
}

/** A button that does something else than the form it stands below. */
export function makeOtherButton(text: Text, act: () => void): HTMLButtonElement {
  const button = make('button', { type: 'button' });
  say(button, text);
  button.addEventListener('click', act);
  return button;
}
