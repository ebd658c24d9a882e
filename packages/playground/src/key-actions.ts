import type { ApiKey } from 'latchkey-client';
import { find, onClick } from './dom.ts';
import { onSend, wordsIn } from './forms.ts';
import { clearAnswer, forgetNewKey, showBearer, showExchanged, showKey, showNewKey } from './keys.ts';
import { act, outputs } from './outputs.ts';
import { logins, showHeldToken } from './page.ts';
import { createPages } from './pages.ts';
import { getToken, verify } from './program.ts';

const EXCHANGE = {
  grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
  subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
};

const client = () => logins.client();
const run = (work: () => Promise<string>) => act(outputs.keys, work);

/** Connects the part "API keys". */
export function connectKeys(): void {
  const pages = createPages('keys', showKey(revoke), run);
  const list = () =>
    pages(async (page) => {
      const { keys, next } = await client().keys(page);
      await showHeldToken();
      return { entries: keys, next };
    });

  onClick('list-keys', async () => void (await run(list)));

  onSend('make-key', (field) =>
    run(async () => {
      showNewKey(undefined);
      const scopes = wordsIn(field('scopes'));
      const created = await client().createKey({
        name: field('name'),
        ...(scopes.length > 0 && { scopes }),
        ...expiryOf(field('days').trim(), field('never') === 'true'),
      });
      showNewKey(created);
      find('make-key', HTMLFormElement).reset();
      find('try-key-key', HTMLInputElement).value = created.key;
      find('try-key-scope', HTMLInputElement).value = created.scopes.join(' ');
      await list();
      return 'Key created. Copy it now: nobody can read it again.';
    }),
  );

  onSend('try-key', (field, button) =>
    run(async () => {
      clearAnswer();
      const [key, scope] = [field('key'), field('scope')];
      if (button === 'exchange-key') {
        showExchanged(await getToken({ ...EXCHANGE, subject_token: key, scope }));
        return 'The service gives this access token for the key.';
      }
      showBearer(await verify(key, scope));
      return '204: the key is let in.';
    }),
  );

  async function revoke({ key_id: id }: ApiKey): Promise<void> {
    await run(async () => {
      await client().revokeKey(id);
      forgetNewKey(id);
      await list();
      find('keys-title', HTMLHeadingElement).focus();
      return 'The key is revoked.';
    });
  }
}

/** The service refuses 0. In JSON, what is no number would be `null`: a key that never expires. */
function expiryOf(days: string, never: boolean): { expiresInDays?: number | null } {
  if (never) return { expiresInDays: null };
  return days === '' ? {} : { expiresInDays: /^\d{1,9}$/.test(days) ? Number(days) : 0 };
}
