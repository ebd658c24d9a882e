import type { Unreachable } from './service-error.ts';
import { isOnThisMachine, type Target } from './target.ts';

/** Why no response came, in words; without a guess at the address when `isKnown`, because it was right before. */
export function wordsOfSilence(
  { cause, isRead }: Unreachable,
  { origin }: Pick<Target, 'origin'>,
  isKnown = false,
): string {
  const codes = codesIn(cause);
  const has = (...known: string[]) => known.some((code) => codes.includes(code));
  const guess = (words: string) => (isKnown ? '' : ` ${words}`);
  const look = isRead || isKnown ? '' : ' It may have done what you asked for: look.';
  if (has('ENOTFOUND', 'EAI_AGAIN')) return `There is no machine with the name in ${origin}, or no network.`;
  if (has('ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG'))
    return `What answers at ${origin} does not speak HTTPS.${guess('Is it http:// on this machine?')}`;
  if (codes.some((code) => /CERT|SELF_SIGNED|ISSUER/.test(code)))
    return `The certificate at ${origin} is not trusted. NODE_EXTRA_CA_CERTS=FILE makes Node trust another authority.`;
  if (has('TimeoutError', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'))
    return `${origin} did not answer in time.${look}`;
  if (has('ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET') || codes.some((code) => code.startsWith('HPE_')))
    return `The connection to ${origin} broke off.${look}${origin.startsWith('http:') ? guess('Is it https:// perhaps?') : ''}`;
  if (has('ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT'))
    return `Nothing answers at ${origin}.${isOnThisMachine(origin) ? ' Is npm run dev running?' : guess('Is --url right?')}`;
  const code = codes.find((each) => /^[A-Z][A-Z\d_]+$/.test(each));
  return `${origin} cannot be asked${code === undefined ? '' : ` (${code})`}.${guess('Is --url right?')}`;
}

/** The names and codes of an error and of those inside it, as `fetch` and Node's sockets nest them. */
function codesIn(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  const inner = error instanceof AggregateError ? error.errors.flatMap(codesIn) : [];
  return [error.name, ...own, ...inner, ...codesIn(error.cause)];
}
