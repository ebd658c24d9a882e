/** Why somebody without a second factor has to show again who it is. */
export const longAgo = { en: 'Your login is some time ago.', de: 'Ihre Anmeldung ist eine Weile her.' };

const notShown = {
  en: 'Your account has a second factor by now, and this login has not shown it.',
  de: 'Ihr Konto hat inzwischen einen zweiten Faktor, und diese Anmeldung hat ihn nicht gezeigt.',
};

/**
 * Why somebody with a second factor has to show again who it is: the login whose access token `token` is was with the
 * password alone, or is too long ago (RFC 9470). Does not verify the token.
 */
export function whyAgain(token: string | undefined) {
  const acr = acrOf(token);
  return acr === undefined || acr === 'aal2' ? longAgo : notShown;
}

/** The claim `acr`; `undefined` when it cannot be read. */
function acrOf(token = ''): unknown {
  try {
    const payload = atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/'));
    const claims: unknown = JSON.parse(payload);
    return typeof claims === 'object' && claims !== null && 'acr' in claims ? claims.acr : undefined;
  } catch {
    return undefined;
  }
}
