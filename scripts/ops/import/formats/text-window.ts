import { MAX_RECORD_LENGTH } from './item.ts';

/** The part of a text that is read and not yet used. */
export type TextWindow = ReturnType<typeof createWindow>;

/** A window on `chunks`. It holds what is at hand, from `at` on, and reads on when asked. */
export function createWindow(chunks: AsyncIterable<string>) {
  const source = chunks[Symbol.asyncIterator]();
  let isEnd = false;

  const window = {
    text: '',
    at: 0,
    /** The number of the line at `at`. */
    line: 1,
    /** Reads on. Keeps what is not used. False at the end of the text. */
    async more(): Promise<boolean> {
      if (isEnd) return false;
      const next = await source.next();
      if (next.done === true) isEnd = true;
      window.text = window.text.slice(window.at) + (next.done === true ? '' : next.value);
      window.at = 0;
      return !isEnd;
    },
    /** The next `length` characters, without using them. Fewer at the end. */
    async peek(length = 1): Promise<string> {
      while (window.text.length - window.at < length && (await window.more()));
      return window.text.slice(window.at, window.at + length);
    },
    /** Uses `length` characters that are at hand. */
    use(length: number): string {
      const used = window.text.slice(window.at, window.at + length);
      for (let index = used.indexOf('\n'); index !== -1; index = used.indexOf('\n', index + 1)) window.line += 1;
      window.at += length;
      return used;
    },
    /**
     * Uses the characters before the next match of `pattern`, which has the flag g, or before the end. `undefined` when
     * they are too many to hold.
     */
    async before(pattern: RegExp): Promise<string | undefined> {
      let before = '';
      let isTooLong = false;
      for (;;) {
        pattern.lastIndex = window.at;
        const found = pattern.exec(window.text);
        before += window.use((found?.index ?? window.text.length) - window.at);
        isTooLong ||= before.length > MAX_RECORD_LENGTH;
        if (isTooLong) before = '';
        if (found !== null || !(await window.more())) return isTooLong ? undefined : before;
      }
    },
  };
  return window;
}
