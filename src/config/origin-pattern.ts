/** An origin with a scheme of its own, such as that of an extension or a packaged app. Its host may have capitals. */
const OWN_SCHEME = /^[a-z][a-z0-9+.-]*:\/\/[\w.-]{1,253}(:\d{1,5})?$/;

/** Schemes of pages whose origin is `null`, and schemes that no page has. */
const WITHOUT_ORIGIN = /^(about|blob|data|file|ftp|javascript|wss?):/;

/** A loopback host at any port. */
const ANY_PORT = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\]):\*$/;

/** All hosts one label below a domain of at least two labels: `https://*.preview.example.org`. A port may follow. */
const ANY_LABEL = /^(https?:\/\/)\*(\.[^.:*]+(\.[^.:*]+)+(:\d+)?)$/;

const PORT = /^\d{1,5}$/;
const LABEL = /^[a-z0-9_-]{1,63}$/;

/**
 * Whether `text` is one origin as browsers send it (RFC 6454, section 6.2), or a pattern: `*` for all origins, `*` as
 * the first label for exactly one label (as in certificates, RFC 9525, section 6.3), or `*` as the port of a loopback
 * host. Refuses `null`, because pages of every site can have that origin.
 */
export function isOriginPattern(text: string): boolean {
  if (text === '*' || ANY_PORT.test(text)) return true;
  const [, scheme, parent] = ANY_LABEL.exec(text) ?? [];
  if (scheme !== undefined && parent !== undefined) return isWebOrigin(`${scheme}a${parent}`);
  if (/^https?:/.test(text)) return isWebOrigin(text);
  return OWN_SCHEME.test(text) && !WITHOUT_ORIGIN.test(text);
}

/** Whether `pattern` matches `origin`, the value of the header. */
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
