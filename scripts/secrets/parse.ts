import { parseEnv } from 'node:util';
import { z } from 'zod';
import { Unreadable } from './unreadable.ts';

const secretsJson = z.record(z.string(), z.string());

/** A blank line, a comment or NAME=value. Only a quoted value may span lines. */
const LINE =
  /[^\S\n]*(?:(?:export[^\S\n]+)?[A-Za-z_]\w*[^\S\n]*=[^\S\n]*(?:"[^"]*"|'[^']*'|`[^`]*`|[^\s"'`#][^\n]*)?)?[^\S\n]*(?:#[^\n]*)?(?:\n|$)/y;

/**
 * The secrets of a deployment by name. `bytes` are a file for `wrangler deploy --secrets-file`: a JSON object of
 * strings, or NAME=value lines. Throws `Unreadable` for any other format.
 */
export function parseSecrets(bytes: Uint8Array): Record<string, string> {
  const text = decodeText(bytes);
  const secrets = text.trimStart().startsWith('{') ? secretsJson.safeParse(parseJson(text)).data : parseLines(text);
  if (secrets === undefined || text.trim() === '')
    throw new Unreadable('is neither a JSON object of strings nor NAME=value lines');
  return secrets;
}

/** The secrets in a JSON object of strings, the only format that scripts write. Throws `Unreadable` for any other. */
export function parseJsonSecrets(bytes: Uint8Array): Record<string, string> {
  const { data } = secretsJson.safeParse(parseJson(decodeText(bytes)));
  if (data === undefined) throw new Unreadable('is not a JSON object of strings, as npm run secrets writes it');
  return data;
}

/** The variables and secrets in a `.dev.vars` file, by name. Throws `Unreadable` for anything but NAME=value lines. */
export function parseDevVars(bytes: Uint8Array): Record<string, string> {
  const values = parseLines(decodeText(bytes));
  if (values === undefined) throw new Unreadable('does not consist of NAME=value lines');
  return values;
}

/** The text in UTF-8 bytes, without the byte order mark. Throws `Unreadable` for another encoding. */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const hasMark = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (hasMark || bytes.includes(0)) throw new Unreadable('is in UTF-16, or another encoding: save it as UTF-8');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    throw new Unreadable('is not in UTF-8: save it as UTF-8');
  }
}

/** The value of the JSON in `text`; `undefined` when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    const json: unknown = JSON.parse(text);
    return json;
  } catch {
    return undefined;
  }
}

function parseLines(text: string): Record<string, string> | undefined {
  const lines = text.replaceAll('\r\n', '\n');
  LINE.lastIndex = 0;
  while (LINE.lastIndex < lines.length) if (!LINE.test(lines)) return undefined;
  return secretsJson.parse(parseEnv(lines));
}
