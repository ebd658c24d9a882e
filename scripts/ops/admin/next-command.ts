import type { Choice } from './target.ts';

/** `npm run SCRIPT -- COMMAND` for the service that `choice` names, quoted for a shell. It can be pasted. */
export function nextCommand(words: string[], choice: Choice, script = 'user'): string {
  const { url, 'secrets-file': file, issuer } = choice;
  // The shell that made such a pipe has closed it.
  const again = file !== undefined && /^\/(dev|proc)\//.test(file) ? 'FILE' : file;
  const given = Object.entries({ '--url': url, '--secrets-file': again, '--issuer': issuer });
  const options = given.flatMap(([name, value]) => (value === undefined ? [] : [name, value]));
  return [`npm run ${script} --`, ...[...words, ...options].map(quote)].join(' ');
}

/** `word` for a POSIX shell. */
const quote = (word: string) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);
