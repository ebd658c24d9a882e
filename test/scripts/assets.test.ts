import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { command } from '../../scripts/assets/assets.ts';
import { call } from './call.ts';

it('has every generated file as `npm run assets` makes it', async () => {
  expect(await call(command, '--check')).toEqual({ status: 0, stdout: '', stderr: '' });
});

it('has account pages of less than 8 KB, gzipped, with their script and style', () => {
  const sizes = ['html', 'js', 'css'].map((type) => gzipSync(readFileSync(`assets/account.${type}`)).length);
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(8000);
});
