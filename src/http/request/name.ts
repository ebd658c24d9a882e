import { text } from './json-body.ts';

/** One line: no control characters, no line separators, and no halves of surrogate pairs. */
const NAME = /^[^\p{Cc}\p{Zl}\p{Zp}\p{Cs}]{1,100}$/u;

/** The name that a client or an API key has for people, without the blanks around it. */
export const name = text
  .trim()
  .refine((name) => NAME.test(name), { error: 'Must be 1 to 100 characters in one line.' });
