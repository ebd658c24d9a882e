import { expect, it } from 'vitest';
import { command } from '../../scripts/assets/assets.ts';
import { call } from './call.ts';

it('has every generated file as `npm run assets` makes it', async () => {
  expect(await call(command, '--check')).toEqual({ status: 0, stdout: '', stderr: '' });
});
