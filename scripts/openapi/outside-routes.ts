import { refusals, type RefusalCode } from '../../src/errors.ts';
import { describeHeaders } from './describe-headers.ts';
import { ref, wrap } from './describe-response.ts';
import { exampleOf, oauthName, pascalCase } from './refusals.ts';

/**
 * The responses to another path, and to a method that a path lacks. OpenAPI has no place for them, so the document has
 * them as `x-outside-routes`.
 */
export const outsideRoutes = Object.fromEntries(
  [
    outside('not_found'),
    outside('method_not_allowed', 'invalid_request'),
    outside('misconfigured', 'temporarily_unavailable'),
  ].map((response) => [response.status, response.described]),
);

/** `error` is the name of the refusal under `/oauth/`, where it has the shape of RFC 6749. */
function outside(code: RefusalCode, error?: 'invalid_request' | 'temporarily_unavailable') {
  const { status, message } = refusals[code];
  const own = ref(pascalCase(code));
  const schema = error === undefined ? own : { oneOf: [own, ref(oauthName(error))] };
  const examples = wrap({
    [code]: exampleOf(code),
    ...(error !== undefined && { [`${code}_under_oauth`]: { error, error_description: message } }),
  });
  const content = { 'application/json': { schema, examples } };
  return { status, described: { description: message, headers: describeHeaders(status, {}, []), content } };
}
