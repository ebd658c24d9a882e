/** The iterations of PBKDF2. Django's newest defaults are below 1.5 million. Two million take about a second. */
export const PBKDF2_ITERATIONS = { min: 1, max: 2_000_000 };

/** A salt that is text: printable ASCII without spaces, and without the `$` that ends it. */
export const SALT_TEXT = /^[!-#%-~]{1,64}$/;
