import { expect, it } from 'vitest';
import { refusalCodes } from '../../packages/client/src/client/errors.ts';
import { refusals } from '../../src/errors.ts';

it('knows every code of the service, and no other', () => {
  expect(refusalCodes).toEqual(Object.keys(refusals));
});
