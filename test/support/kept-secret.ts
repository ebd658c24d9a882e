import { env } from 'cloudflare:workers';
import { client } from './clients.ts';
import { type Account, CANARY } from './hostile-text.ts';

/** Everything that no line of the log may have in it: what was made up, what is secret, and whom it is about. */
export function keptFromLog({ addresses, access, refresh }: Account): string[] {
  const privateKeys = Array.from(env.SIGNING_KEYS.matchAll(/"d":"([^"]+)"/g), ([, d = '']) => d);
  const [, payload = '', signature = ''] = access.split('.');
  const [, , mac = ''] = refresh.split('.');
  const halves = [payload, signature, mac].flatMap((part) => [part.slice(0, 20), part.slice(-20)]);
  const encoded = btoa(CANARY).replace(/.=*$/, '');
  return [CANARY, encoded, env.SECRET_KEY, client.secret, ...privateKeys, ...halves, ...addresses];
}

/** Everything that no answer may have in it: an account may be told its address. */
export function keptFromCaller(account: Account): string[] {
  return keptFromLog({ ...account, addresses: [] });
}

/** Which of `secrets` are in `text`, in upper or lower case. */
export function findSecrets(text: string, secrets: string[]): string[] {
  const shown = text.toLowerCase();
  return secrets.filter((secret) => shown.includes(secret.toLowerCase()));
}
