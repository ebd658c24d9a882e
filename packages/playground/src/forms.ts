import { find } from './dom.ts';
import { act, outputs, type Refused } from './outputs.ts';

/** What is in the fields of a form, by their names. */
type Fields = (name: string) => string;

/**
 * Calls `submit` with the fields of the form `id`. The part "Account" shows what it returns, and the form which fields
 * are refused. The form is emptied after a success.
 */
export function onSubmit(id: string, submit: (fields: Fields) => Promise<string>): void {
  onSend(id, (field) =>
    act(outputs.account, async () => {
      const done = await submit(field);
      find(id, HTMLFormElement).reset();
      return done;
    }),
  );
}

/**
 * Calls `send` with the fields of the form `id`, and the id of the button that was pressed. The form shows which fields are
 * refused, and stays as it is.
 */
export function onSend(id: string, send: (fields: Fields, button?: string) => Promise<Refused | undefined>): void {
  const form = find(id, HTMLFormElement);
  const run = async (button?: string) => {
    showProblems(form, undefined);
    showProblems(form, await send((name) => readField(form, name), button));
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    run(event.submitter?.id).catch(reportError);
  });
}

function readField(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name);
  return typeof value === 'string' ? value : '';
}

/**
 * Shows what is wrong with each field of `form`; with `undefined`, nothing is. `data-paths` has the names that the
 * service knows a field by, where it has others than the form.
 */
export function showProblems(form: HTMLFormElement, refusal: Refused | undefined): void {
  for (const input of form.querySelectorAll<HTMLInputElement>('input:not([type="checkbox"])')) {
    const paths = (input.dataset['paths'] ?? input.name).split(' ');
    const problem = refusal?.errors.find(({ path }) => paths.includes(path));
    find(`${input.id}-problem`, HTMLParagraphElement).textContent = problem?.message ?? '';
    input.setAttribute('aria-invalid', String(problem !== undefined));
  }
  form.querySelector<HTMLInputElement>('[aria-invalid="true"]')?.focus();
}

/** The words of a field, with blanks or commas between them. */
export const wordsIn = (text: string): string[] => text.split(/[\s,]+/).filter((word) => word !== '');
