import { printable } from '../admin/printable.ts';

/** Prints words to the one or the other output, line by line, after `clear` has taken the progress away. */
export function startPrinter(clear: () => void) {
  const write = (print: (line: string) => void, words: string) => {
    clear();
    for (const line of words.split('\n')) print(printable(line));
  };
  return {
    /** To stdout: what came of the rows. */
    print: (words: string) => write(console.log, words),
    /** To stderr: how the work goes. */
    tell: (words: string) => write(console.error, words),
  };
}
