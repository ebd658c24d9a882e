import { MAX_RECORD_LENGTH } from '../item.ts';
import type { TextWindow } from '../text-window.ts';

/** A part of SQL. The text of a `text` too long to hold is `undefined`. */
export type Token = { kind: 'word' | 'name' | 'text' | 'sign' | 'end'; value: string | undefined };

const SPACE = /\S/g;
const WORD = /[^\p{L}\p{N}_$]/gu;

/**
 * The next token of `window`, after spaces and comments. `hasBackslashes` says whether a backslash escapes in plain
 * strings, as MySQL has it.
 */
export async function takeToken(window: TextWindow, hasBackslashes: boolean): Promise<Token> {
  await skipBlank(window);
  const sign = await window.peek();
  if (sign === '') return { kind: 'end', value: '' };
  if (sign === "'") return { kind: 'text', value: await takeQuoted(window, hasBackslashes) };
  if (sign === '"' || sign === '`') return { kind: 'name', value: await takeQuoted(window, false) };
  if (sign === '$') return takeDollarQuoted(window);
  if (!/[\p{L}\p{N}_]/u.test(sign)) return { kind: 'sign', value: window.use(1) };
  const word = (await window.before(WORD)) ?? '';
  const isPrefix = /^[exn]$/i.test(word) && (await window.peek()) === "'";
  if (!isPrefix) return { kind: 'word', value: word };
  const text = await takeQuoted(window, word.toLowerCase() === 'e');
  // The way in which PostgreSQL writes bytes.
  return { kind: 'text', value: word.toLowerCase() === 'x' && text !== undefined ? `\\x${text}` : text };
}

async function skipBlank(window: TextWindow): Promise<void> {
  for (;;) {
    await window.before(SPACE);
    const start = await window.peek(2);
    if (start === '--') await window.before(/\n/g);
    else if (start === '/*') await skipComment(window);
    else return;
  }
}

async function skipComment(window: TextWindow): Promise<void> {
  window.use(2);
  for (;;) {
    await window.before(/\*/g);
    const end = await window.peek(2);
    window.use(end === '*/' ? 2 : 1);
    if (end === '*/' || end === '') return;
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', 0: '\0', Z: '\u001a' };

/** What is in the quotes. Two of them stand for one. `undefined` when it is too long to hold. */
async function takeQuoted(window: TextWindow, hasBackslashes: boolean): Promise<string | undefined> {
  const quote = window.use(1);
  const special = new RegExp(hasBackslashes ? `[${quote}\\\\]` : quote, 'g');
  let text: string | undefined = '';
  const add = (part: string | undefined) => {
    text = text === undefined || part === undefined || text.length > MAX_RECORD_LENGTH ? undefined : text + part;
  };
  for (;;) {
    add(await window.before(special));
    const pair = await window.peek(2);
    const sign = pair.charAt(0);
    const next = pair.charAt(1);
    if (sign === '' || (sign === quote && next !== quote)) {
      window.use(1);
      return text;
    }
    window.use(2);
    add(sign === quote ? quote : (ESCAPES[next] ?? next));
  }
}

/** `$$…$$` and `$tag$…$tag$` of PostgreSQL, which hold the code of functions. */
async function takeDollarQuoted(window: TextWindow): Promise<Token> {
  const [tag] = /^\$\w*\$/.exec(await window.peek(64)) ?? [];
  if (tag === undefined) return { kind: 'sign', value: window.use(1) };
  window.use(tag.length);
  for (;;) {
    await window.before(/\$/g);
    const next = await window.peek(tag.length);
    if (next === '') return { kind: 'end', value: '' };
    window.use(next === tag ? tag.length : 1);
    if (next === tag) return { kind: 'text', value: undefined };
  }
}
