import { decodeSecret, hmacSha256, importHmacKey } from './secret.ts';

/**
 * The headers of a webhook by Standard Webhooks, signed with `secret` (`whsec_` and bytes in base64): an HMAC-SHA256 of
 * the id, the time in epoch seconds and the body. Source: github.com/standard-webhooks/standard-webhooks.
 */
export async function signWebhook(
  secret: string,
  { id, seconds, body }: { id: string; seconds: number; body: string },
): Promise<Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string>> {
  const key = await importHmacKey(decodeSecret(secret.replace('whsec_', '')));
  const mac = await hmacSha256(key, new TextEncoder().encode(`${id}.${seconds}.${body}`));
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': `v1,${btoa(String.fromCharCode(...mac))}`,
  };
}
