import { describe, expect, it } from 'vitest';
import { startAccounts } from '../../support/accounts.ts';
import { tokenOf } from '../../support/mailbox.ts';
import { joe, startService, tokensOf } from '../../support/service.ts';

const { post, register, status } = startService();

describe('the language of an account', () => {
  it.each([
    ['de', 'de'],
    ['en', 'en'],
    ['de-AT', 'de'],
    ['DE-at,en;q=0.5', 'de'],
    ['en;q=0.5, de;q=0.9', 'de'],
    ['fr-FR,fr;q=0.9,de;q=0.8,en;q=0.7', 'de'],
    ['de;q=0, en', 'en'],
    ['fr', null],
    ['*', null],
    ['den, ende', null],
    ['', null],
    [';;,=,q', null],
    ['x'.repeat(4000), null],
  ])('after a registration with the Accept-Language %j is %j', async (header, locale) => {
    const { access } = tokensOf(await post('/auth/register', joe, { 'accept-language': header }));
    expect(await status(access)).toMatchObject({ status: 200, body: { data: { locale } } });
  });

  it('is null after a registration that does not say', async () => {
    const { access } = tokensOf(await register());
    expect(await status(access)).toMatchObject({ status: 200, body: { data: { locale: null } } });
  });

  it('is that of the request that confirms, where a mail begins the account', async () => {
    const { post, letter } = startAccounts({ env: { REGISTRATION: 'confirm' } });
    await post('/auth/register', { email: joe.email }, { 'accept-language': 'de' });
    const { access } = tokensOf(
      await post(
        '/auth/register/confirm',
        { token: tokenOf(letter('register')), password: joe.password },
        { 'accept-language': 'en' },
      ),
    );
    expect(letter('register').locale).toBe('de');
    expect(await status(access)).toMatchObject({ body: { data: { locale: 'en' } } });
  });
});
