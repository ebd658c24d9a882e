/** An origin with a scheme of its own, such as that of an extension or a packaged app, and a host in any case. */
const OWN_SCHEME = /^[a-z][a-z0-9+.-]*:\/\/[\w.-]{1,253}(:\d{1,5})?$/;

/** Schemes whose pages have the origin `null`, or that no page has. */
const WITHOUT_ORIGIN = /^(about|blob|data|file|ftp|javascript|wss?):/;

/** A loopback origin at any port. */
const ANY_PORT = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\]):\*$/;

/** Every host one label below a domain of two labels or more: `https://*.preview.example.org`, perhaps with a port. */
const ANY_LABEL = /^(https?:\/\/)\*(\.[^.:*]+(\.[^.:*]+)+(:\d+)?)$/;

const PORT = /^\d{1,5}$/;
const LABEL = /^[a-z0-9_-]{1,63}$/;

/**
 * Whether `text` names origins as browsers send them (RFC 6454, section 6.2): one origin, of any scheme; `*` for all; one
 * left-most label as `*`, which matches one label as in a certificate (RFC 9525, section 6.3); or the port of a loopback
 * host as `*`. `null` is refused: pages of every site can have it.
 */
export function isOriginPattern(text: string): boolean {
  if (text === '*' || ANY_PORT.test(text)) return true;
  const [, scheme, parent] = ANY_LABEL.exec(text) ?? [];
  if (scheme !== undefined && parent !== undefined) return isWebOrigin(`${scheme}a${parent}`);
  if (/^https?:/.test(text)) return isWebOrigin(text);
  return OWN_SCHEME.test(text) && !WITHOUT_ORIGIN.test(text);
}

/** Whether `origin`, as the header has it, is one of those that `pattern` names. */
export function matchesOrigin(pattern: string, origin: string): boolean {
  if (pattern === '*') return true;
  const [before = '', after] = pattern.split('*');
  if (after === undefined) return origin === pattern;
  if (after === '' && origin === before.slice(0, -1)) return true;
  if (!origin.startsWith(before)) return false;
  if (after === '') return PORT.test(origin.slice(before.length));
  return origin.endsWith(after) && LABEL.test(origin.slice(before.length, -after.length));
}

function isWebOrigin(text: string): boolean {
  return !text.includes('*') && URL.canParse(text) && new URL(text).origin === text;
}
