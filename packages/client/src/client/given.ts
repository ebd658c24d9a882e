/** What somebody registers and logs in with. */
export type Credentials = { email: string; password: string };

/** What a mail carries: the token of its link, or its code. */
export type Proof = { token: string } | { code: string };

/** What a mail carries, from somebody who is not logged in: a code needs the address that it was mailed to. */
export type ProofOfEmail = { token: string } | { email: string; code: string };

/** The credentials, and nothing else of what was given. Throws `TypeError` for anything else, such as two texts. */
export function checkedCredentials(given: Credentials): Credentials {
  checkTexts(given, 'email', 'password');
  return { email: given.email, password: given.password };
}

/** The proof, and nothing else of what was given. Throws `TypeError`. */
export function checkedProof(given: Proof): Proof {
  if (hasToken(given)) return checkedToken(given);
  checkTexts(given, 'code');
  return { code: given.code };
}

/** The proof, and nothing else of what was given. Throws `TypeError`. */
export function checkedProofOfEmail(given: ProofOfEmail): ProofOfEmail {
  if (hasToken(given)) return checkedToken(given);
  checkTexts(given, 'email', 'code');
  return { email: given.email, code: given.code };
}

/** Throws `TypeError` unless `given` is an object with a text for each of `names`, whatever its type says. */
export function checkTexts(given: object, ...names: string[]): void {
  if (names.every((name) => typeof Reflect.get(Object(given), name) === 'string')) return;
  throw new TypeError(`Give an object with a text for ${names.join(' and ')}.`);
}

function checkedToken(given: { token: string }): { token: string } {
  checkTexts(given, 'token');
  return { token: given.token };
}

/** A form may give both, of which one is `undefined`. */
function hasToken(given: object): given is { token: string } {
  return Reflect.get(Object(given), 'token') !== undefined;
}
