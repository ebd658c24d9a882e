/** In characters. */
const MAX_LENGTH = 1024;

const TOKEN = /[\w!#$%&'*+.^`|~-]+/.source;
const QUOTED = /"(?:[\t \x21\x23-\x5b\x5d-\x7e\x80-\uffff]|\\[\t \x21-\x7e\x80-\uffff])*"/.source;
const PARAMETER = `[\\t ]*${TOKEN}=(?:${TOKEN}|${QUOTED})`;
const MEDIA_TYPE = new RegExp(`^(${TOKEN}/${TOKEN})(?:[\\t ]*;(?:${PARAMETER})?)*[\\t ]*$`);

/**
 * The type and subtype of a `Content-Type`, in lower case, without its parameters: `application/json`. `undefined` when
 * `header` is not one media type by the grammar of RFC 9110, sections 5.6.6 and 8.3.1.
 */
export function parseMediaType(header: string): string | undefined {
  if (header.length > MAX_LENGTH) return undefined;
  return MEDIA_TYPE.exec(header)?.[1]?.toLowerCase();
}
