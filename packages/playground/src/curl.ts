import type { Exchange } from './exchange.ts';
import { replaceInForm, replaceSecrets, secretFields } from './secrets.ts';

/**
 * The request as a line for a POSIX shell. Unless `isFull`, shell variables such as `$TOKEN` and `$PASSWORD` stand for the
 * secrets.
 */
export function curlOf({ method, url, headers, body }: Exchange, isFull: boolean): string {
  const isImplied = method === (body === '' ? 'GET' : 'POST');
  return [
    `curl ${isAnsweredByHeaders(url) ? '-si' : '-s'}`,
    ...(isImplied ? [] : [`-X ${method}`]),
    /^[\w:/.-]+$/.test(url) ? url : quote(url),
    ...headers.map(([name, value]) => `-H ${quoteHeader(name, value, isFull)}`),
    ...(body === '' ? [] : [`-d ${isFull ? quote(body) : quoteWithVariables(body)}`]),
  ].join(' ');
}

function quoteHeader(name: string, value: string, isFull: boolean): string {
  if (name !== 'authorization' || isFull) return quote(`${name}: ${value}`);
  return `"${name}: Bearer $${value.startsWith('Bearer lk_') ? 'API_KEY' : 'TOKEN'}"`;
}

const isAnsweredByHeaders = (url: string) => new URL(url).pathname === '/auth/verify';

/**
 * The quotes end before a variable and begin again behind it. A body that is neither JSON nor a form is left out: it may
 * be secret.
 */
function quoteWithVariables(body: string): string {
  const json = replaceSecrets(body, (name) => `$${secretFields[name]}`);
  if (json === undefined) return `'${replaceInForm(body, (name) => `'"$${secretFields[name]}"'`) ?? '…'}'`;
  return [...new Set(Object.values(secretFields))].reduce(
    (line, variable) => line.replaceAll(`"$${variable}"`, `"'"$${variable}"'"`),
    quote(json),
  );
}

const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
