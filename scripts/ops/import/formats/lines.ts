import type { TextWindow } from './text-window.ts';

/** A line without its end, which is LF, CR LF or CR. `text` is `undefined` when it is too long to hold. */
export type Line = { text: string | undefined; number: number; isEnded: boolean };

/** The next line of `window`; `undefined` at the end of the text. */
export async function takeLine(window: TextWindow): Promise<Line | undefined> {
  if ((await window.peek()) === '') return undefined;
  const number = window.line;
  const text = await window.before(/[\r\n]/g);
  const end = await window.peek(2);
  if (end !== '') window.use(end === '\r\n' ? 2 : 1);
  if (end !== '') window.line = number + 1;
  return { text, number, isEnded: end !== '' };
}
