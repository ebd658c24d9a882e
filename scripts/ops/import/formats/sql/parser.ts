import type { TextWindow } from '../text-window.ts';
import { takeToken, type Token } from './tokens.ts';

/** Reads the statements of a dump, token by token. */
export type Parser = ReturnType<typeof startParser>;

/** A parser of what `window` shows. */
export function startParser(window: TextWindow) {
  // mysqldump quotes names so. sqlite3 and pg_dump do not, whatever the names in CREATE TABLE are quoted by.
  let hasBackslashes = false;
  let held: Token | undefined;

  const parser = {
    window,
    /** The next token. */
    async take(): Promise<Token> {
      const token = held ?? (await takeToken(window, hasBackslashes));
      held = undefined;
      return token;
    },
    /** The next token, which stays the next. */
    peek: async (): Promise<Token> => (held ??= await takeToken(window, hasBackslashes)),
    /** The next word or sign, in upper case. `undefined` at the end. */
    async nextWord(): Promise<string | undefined> {
      const { kind, value } = await parser.take();
      return kind === 'end' ? undefined : (value ?? '').toUpperCase();
    },
    /** Whether `word` comes before the end of the statement. Uses it. */
    async skipTo(word: string): Promise<boolean> {
      for (;;) {
        const { kind, value } = await parser.peek();
        if (kind === 'end' || (kind === 'sign' && value === ';')) return false;
        await parser.take();
        if (kind === 'word' && value?.toUpperCase() === word) return true;
      }
    },
    /** The parts of the name that comes next, such as `auth` and `users`. Leaves out IF NOT EXISTS and ONLY. */
    async takeName(): Promise<string[]> {
      const parts: string[] = [];
      for (;;) {
        const { kind, value = '' } = await parser.take();
        if (kind === 'word' && /^(if|not|exists|only)$/i.test(value)) continue;
        if (kind !== 'word' && kind !== 'name') return parts;
        parts.push(value);
        hasBackslashes = window.text[window.at - 1] === '`';
        const next = await parser.peek();
        if (next.kind !== 'sign' || next.value !== '.') return parts;
        await parser.take();
      }
    },
    /** Uses the rest of the statement. The body of a trigger of SQLite is statements, up to END. */
    async skipStatement(isTrigger = false): Promise<void> {
      if (isTrigger && (await parser.skipTo('BEGIN')))
        while (!(await parser.skipTo('END'))) if ((await parser.take()).kind === 'end') return;
      await parser.skipTo(';');
      await parser.take();
    },
  };
  return parser;
}
