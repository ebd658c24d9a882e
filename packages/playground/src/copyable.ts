import { make } from './dom.ts';
import { say } from './outputs.ts';

/** Shows `text` with a button that copies it. `name` says what it is, and `output` that it was copied. */
export function showCopyable(text: string, name: string, output: HTMLOutputElement): HTMLElement {
  const code = make('code', '', text);
  const button = make('button', '', 'Copy');
  button.type = 'button';
  button.setAttribute('aria-label', `Copy ${name}`);
  button.addEventListener('click', () => void copy(code, output));
  return make('div', 'curl', code, button);
}

/** A page on http has no clipboard, unless its host is localhost. Then the text is selected instead. */
async function copy(code: HTMLElement, output: HTMLOutputElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(code.textContent);
    say(output, 'Copied.');
  } catch {
    getSelection()?.selectAllChildren(code);
    say(output, 'Selected. Press Ctrl+C to copy.');
  }
}
