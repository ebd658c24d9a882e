import type { Context } from 'hono';
import { Refusal } from '../../errors.ts';
import { readText, replaceBody } from './body.ts';

const TYPE = 'application/x-www-form-urlencoded';

/** What a decoder puts in the place of octets that are not UTF-8. Nobody sends it in earnest. */
const REPLACEMENT = '\ufffd';

/**
 * The parameters of a form (RFC 6749, appendix B). Those without a value are left out, also for the validators that read the
 * form later (section 3.2). Refuses with `form_expected` another content type, and any content coding; with `invalid_request` what is
 * not UTF-8, and a parameter that comes twice.
 */
export async function readForm(c: Context): Promise<URLSearchParams> {
  if (c.req.header('Content-Type') === undefined) throw new Refusal('form_expected');
  const text = await readText(c, TYPE, { otherType: 'form_expected', notUtf8: 'invalid_request' });
  const form = new URLSearchParams([...new URLSearchParams(text)].filter(([, value]) => value !== ''));
  if (new Set(form.keys()).size < form.size)
    throw new Refusal('invalid_request', { reason: 'a parameter comes twice' });
  if ([...form].flat().some((part) => part.includes(REPLACEMENT)))
    throw new Refusal('invalid_request', { reason: 'not UTF-8' });
  replaceBody(c, TYPE, form.toString());
  return form;
}
