import { LatchkeyError } from 'latchkey-client';
import { type Field, showProblem } from '../field.ts';
import { makeForm, type Values } from '../form.ts';
import type { Refusal } from '../service.ts';
import type { Text } from '../text.ts';
import { notify } from '../view.ts';
import { type Next, places } from './places.ts';
import { explain, isStale } from './refusals.ts';

type Task = {
  fields?: Field[];
  button: Text;
  isMain?: boolean;
  /** Calls the service, and returns what shows the next screen. Throws `LatchkeyError`. */
  work: (values: Values) => Promise<Next>;
  /** By code, the field that a refusal is shown beside. */
  beside?: Readonly<Record<string, Field>>;
  /** By code, what to tell a person in the place of what `explain` says. */
  texts?: Readonly<Record<string, Text>>;
  /** What to do when the login or the new factor has to begin again. */
  whenOver?: (text: Text) => void;
};

/**
 * A form, or a button alone, that does `work` once at a time. Where the service wants to know once more who it is, the
 * page asks for that, and then does the work again.
 */
export function makeTask(task: Task): HTMLFormElement {
  const { fields = [], button, isMain = true, work, beside = {}, texts = {}, whenOver } = task;
  let next: Next | undefined;

  const whenRefused = ({ code, errors }: Refusal): boolean => {
    const text = texts[code] ?? explain(code);
    const field = beside[code];
    if (code === 'insufficient_user_authentication') places().proveAgain(() => form.requestSubmit());
    else if (code === 'not_logged_in') places().signIn(text, 'problem');
    else if (code === 'invalid_challenge_token' && whenOver !== undefined) whenOver(text);
    else if (isStale(code)) goHome(text, 'problem');
    else if (field !== undefined) {
      showProblem(field, text);
      field.input.focus();
    } else if (errors.length === 0) notify(text);
    else return false;
    return true;
  };

  const form = makeForm({
    fields,
    button,
    isMain,
    send: async (values) => {
      try {
        next = await work(values);
        return undefined;
      } catch (error) {
        return refusalOf(error);
      }
    },
    whenDone: () => next?.(),
    whenRefused,
  });
  return form;
}

/** Shows what the account has now. */
export function goHome(notice?: Text, kind?: 'done' | 'problem'): void {
  places()
    .home(notice, kind)
    .then((next) => next())
    .catch((error: unknown) => {
      const { code } = refusalOf(error);
      if (code === 'not_logged_in') places().signIn(explain(code), 'problem');
      else notify(explain(code));
    });
}

/** The refusal in what the client throws. Anything else is a fault of this page, and is reported. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof LatchkeyError) return { code: error.code, errors: error.errors };
  reportError(error);
  return { code: 'unexpected_response', errors: [] };
}
