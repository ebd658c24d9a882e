import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { sql } from '../../support/database.ts';
import { startClients } from '../../support/clients.ts';
import { tokensOf } from '../../support/service.ts';

const { register, logIn, refresh, status, introspect } = startClients();

const verify = () => sql('UPDATE users SET email_verified_at = 1');

describe('whether the e-mail address is verified', () => {
  it('is in the status as the database has it now', async () => {
    const { access } = tokensOf(await register());
    expect(await status(access)).toMatchObject({ body: { data: { email_verified: false } } });
    await verify();
    expect(await status(access)).toMatchObject({ body: { data: { email_verified: true } } });
  });

  it('is in an access token as it was when the token was issued', async () => {
    const registered = tokensOf(await register());
    expect(decodeJwt(registered.access)).toMatchObject({ email_verified: false });
    expect(decodeJwt(tokensOf(await logIn()).access)).toMatchObject({ email_verified: false });
    await verify();
    expect(decodeJwt(tokensOf(await logIn()).access)).toMatchObject({ email_verified: true });
    const refreshed = tokensOf(await refresh(registered.refresh));
    expect(decodeJwt(refreshed.access)).toMatchObject({ email_verified: true });
    expect(await introspect({ token: registered.access })).toMatchObject({ body: { email_verified: false } });
    expect(await introspect({ token: refreshed.access })).toMatchObject({ body: { email_verified: true } });
  });
});
