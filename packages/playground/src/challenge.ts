import { fieldOf, parseJson, textOf } from './json-field.ts';

/**
 * What the service answers a right password with when a second factor is missing: that the account has one, or has to set
 * one up.
 */
export type Challenge = {
  kind: 'use' | 'set up';
  token: string;
  methods: string[];
  passkeyOptions: unknown;
  message: string;
};

/** The challenge in the JSON `text` of a response; `undefined` when it has none. */
export function parseChallenge(text: string): Challenge | undefined {
  const body = parseJson(text);
  const [token, methods] = [textOf(body, 'challenge_token'), fieldOf(body, 'methods')];
  if (token === undefined || !Array.isArray(methods)) return undefined;
  return {
    kind: textOf(body, 'code') === 'second_factor_required' ? 'use' : 'set up',
    token,
    methods: methods.filter((method) => typeof method === 'string'),
    passkeyOptions: fieldOf(body, 'passkey_options'),
    message: textOf(body, 'message') ?? '',
  };
}
