import { buffer } from 'node:stream/consumers';
import { isatty } from 'node:tty';
import { Failure } from '../../command.ts';
import { decodeText } from '../../secrets/parse.ts';
import { wordsOf } from '../../secrets/unreadable.ts';

/** A password from standard input, without the end of its line. Throws `Failure`. */
export async function readPassword(): Promise<string> {
  if (isatty(0)) throw new Failure('Pipe the password in. A terminal would show it.', 2);
  const bytes = await buffer(process.stdin);
  const password = attempt(() => decodeText(bytes)).replace(/\r?\n$/, '');
  if (password === '') throw new Failure('Standard input is empty, so there is no password.', 2);
  return password;
}

function attempt(work: () => string): string {
  try {
    return work();
  } catch (error) {
    throw new Failure(`Standard input ${wordsOf(error)}.`, 2);
  }
}
