/** The response to a request that wants a more recent authentication, or with `acr` a second factor. */
export function stepUp(acr?: 'aal2') {
  return {
    status: 401,
    body: { code: 'insufficient_user_authentication', max_age: 600, acr_values: acr ?? null },
  };
}

/** Its header `WWW-Authenticate`, to the letter (RFC 9470, section 3). */
export const challengeOf = (acr?: 'aal2') =>
  'Bearer realm="latchkey", error="insufficient_user_authentication", ' +
  `error_description="Please prove again that it is you.", max_age="600"${acr === undefined ? '' : `, acr_values="${acr}"`}`;
