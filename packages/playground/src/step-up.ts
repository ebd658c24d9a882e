import { parseJson, textOf } from './json-field.ts';

/** That a request wants a recent authentication (RFC 9470). `acr` is `aal2` where it has to be by two factors. */
export type StepUp = { acr: string | undefined };

/** What a response with the JSON `text` asks for; `undefined` when it asks for no other authentication. */
export function stepUpOf(status: number, text: string): StepUp | undefined {
  const body = parseJson(text);
  if (status !== 401 || textOf(body, 'code') !== 'insufficient_user_authentication') return undefined;
  return { acr: textOf(body, 'acr_values') };
}
