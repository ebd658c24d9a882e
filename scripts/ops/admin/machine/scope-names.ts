import { SCOPE } from '../../../../src/crypto/bounds.ts';
import { checkNames } from '../edit-names.ts';

export const SCOPES = {
  grammar: SCOPE,
  noun: 'scope',
  rule: 'A scope is a letter and up to 63 more letters, digits, and _ : . / -',
};

/** The scopes of the option `--scope`, which may hold several with commas or spaces. Throws `UsageError`. */
export const parseScopes = (given: string[] = []): string[] =>
  checkNames([...new Set(given.flatMap((text) => text.split(/[\s,]+/)))], SCOPES);

export const sayScopes = (scopes: string[]): string =>
  scopes.length === 0 ? 'no scope' : `the scope${scopes.length === 1 ? '' : 's'} ${scopes.join(', ')}`;
