import { env } from 'cloudflare:workers';
import { client } from './clients.ts';
import { type Account, CANARY } from './hostile-text.ts';

/** Lists everything that must not be in the log: what a test made up, secrets, tokens and e-mail addresses. */
export function keptFromLog({ addresses, access, refresh, mailed }: Account): string[] {
  const privateKeys = Array.from(env.SIGNING_KEYS.matchAll(/"d":"([^"]+)"/g), ([, d = '']) => d);
  const [, payload = '', signature = ''] = access.split('.');
  const [, , mac = ''] = refresh.split('.');
  const mailedMacs = mailed.map((token) => token.split('.')[1] ?? '');
  const halves = [payload, signature, mac, ...mailedMacs].flatMap((part) => [part.slice(0, 20), part.slice(-20)]);
  const encoded = btoa(CANARY).replace(/.=*$/, '');
  return [CANARY, encoded, env.SECRET_KEY, client.secret, ...privateKeys, ...halves, ...addresses];
}

/** Lists everything that must not be in a response. A response may contain the e-mail address of its account. */
export function keptFromCaller(account: Account): string[] {
  return keptFromLog({ ...account, addresses: [] });
}

/** Finds those of `secrets` that are in `text`, in upper or lower case. */
export function findSecrets(text: string, secrets: string[]): string[] {
  const shown = text.toLowerCase();
  return secrets.filter((secret) => shown.includes(secret.toLowerCase()));
}
