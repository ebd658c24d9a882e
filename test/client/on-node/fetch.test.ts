import { createLatchkey } from 'latchkey-client';
import { expect, it } from 'vitest';

it('refuses the mode in which browsers drop the access token', async () => {
  const latchkey = createLatchkey({ url: 'http://localhost' });
  await expect(
    Reflect.apply(latchkey.fetch, undefined, ['http://localhost/things', { mode: 'no-cors' }]),
  ).rejects.toThrow('no-cors');
});
