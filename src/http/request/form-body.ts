import type { Context } from 'hono';
import { Refusal } from '../../errors.ts';
import { readText, replaceBody } from './body.ts';

const TYPE = 'application/x-www-form-urlencoded';

/** A decoder puts this in the place of octets that are not UTF-8. No token, id or secret contains it. */
const REPLACEMENT = '\ufffd';

/**
 * The parameters of a form (RFC 6749, appendix B). Drops those without a value (section 3.2), also for the validators
 * that read the form later. Refuses another content type and any content coding with `form_expected`; refuses what is
 * not UTF-8, and a repeated parameter, with `invalid_request`.
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
