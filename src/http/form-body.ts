import type { Context } from 'hono';
import { Refusal } from '../errors.ts';

/**
 * The parameters of a form (RFC 6749, appendix B). Refuses with `form_expected` another content type, and any content
 * coding; with `invalid_request` what is not UTF-8, and a parameter that comes twice (section 3.2).
 */
export async function readForm(c: Context): Promise<URLSearchParams> {
  const essence = c.req.header('Content-Type')?.split(';')[0]?.trim().toLowerCase();
  if (essence !== 'application/x-www-form-urlencoded' || c.req.header('Content-Encoding')) {
    throw new Refusal('form_expected');
  }
  const form = new URLSearchParams(decode(await c.req.arrayBuffer()));
  if (new Set(form.keys()).size < form.size)
    throw new Refusal('invalid_request', { reason: 'a parameter comes twice' });
  return form;
}

function decode(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch (cause) {
    throw new Refusal('invalid_request', { reason: 'not UTF-8', cause });
  }
}
