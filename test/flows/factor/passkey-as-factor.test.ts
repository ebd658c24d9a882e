import { expect, it } from 'vitest';
import { madeFor, openBrowser, optionsIn } from '../../support/browser.ts';
import { dataOf, secondFactorRequired, startFactors } from '../../support/factors.ts';
import { bearer, tokensOf } from '../../support/service.ts';

it('wants the passkey of an account without an app after the password, and lets it in by that alone', async () => {
  const { register, post, logIn, logInByFactor } = startFactors();
  const { access } = tokensOf(await register());
  const browser = await openBrowser();
  const options = await post('/auth/factors/passkeys/options', {}, bearer(access));
  expect(await post('/auth/factors/passkeys', await madeFor(browser, options), bearer(access))).toMatchObject({
    status: 201,
    body: { passkey: { id: browser.id } },
  });
  const asked = await logIn();
  expect(asked).toMatchObject(secondFactorRequired);
  expect(asked.body['methods']).toEqual(['passkey', 'recovery_code']);
  const shown = { challenge_token: asked.body['challenge_token'], passkey: await browser.use(optionsIn(asked)) };
  expect(await logInByFactor(shown)).toMatchObject({ status: 200, body: { token_type: 'Bearer' } });
  const alone = { passkey: await browser.use(dataOf(await post('/auth/login/passkey/options', {}))) };
  expect(await post('/auth/login/passkey', alone)).toMatchObject({ status: 200, body: { token_type: 'Bearer' } });
});
