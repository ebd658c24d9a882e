import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { ImportLine } from '../../domain/admin/plan-import.ts';
import { Refusal } from '../../errors.ts';
import { fieldErrorsOf } from '../response/field-errors.ts';
import { email } from './credentials.ts';
import { readLinesText, splitLines } from './lines.ts';
import { disabled, strictObject, userFields } from './user-fields.ts';

/** How many users a call takes. */
const MAX_LINES = 500;

const UUID = /^[\da-fA-F]{8}-[\da-fA-F]{4}-[\da-fA-F]{4}-[\da-fA-F]{4}-[\da-fA-F]{12}$/;

const hash = z
  .string({
    error: ({ input }) =>
      input === undefined ? 'Is missing. Without a password, give null.' : 'Must be a string or null.',
  })
  .max(512, { error: 'Must have at most 512 characters.' })
  .nullable()
  .openapi({ example: '$2b$13$…' });

const noTime = 'Must be a time since 1970 with its zone, such as 2026-11-26T21:14:00Z.';

const isoTime = z.iso.datetime({ offset: true, error: noTime, abort: true });

/** Stricter than `Date`, which takes 30 February for a day in March. */
const time = isoTime
  .refine((text) => Date.parse(text) >= 0, { error: noTime })
  .transform((text) => new Date(text))
  .openapi({ type: 'string', format: 'date-time' });

/** A user to import, as a line holds it. */
export const importedUser = strictObject({
  ...userFields,
  email,
  password_hash: hash,
  id: z.string({ error: 'Must be a UUID.' }).regex(UUID, { error: 'Must be a UUID.' }).optional(),
  registered_on: time.optional(),
  disabled,
});

/**
 * The lines of the body, each read as far as it can be. Refuses with `invalid_request` a body without lines, and one with
 * more than a call takes.
 */
export async function readImportLines(c: Context): Promise<ImportLine[]> {
  const lines = splitLines(await readLinesText(c), MAX_LINES);
  if (lines.length >= 1 && lines.length <= MAX_LINES) return lines.map(readLine);
  throw new Refusal('invalid_request', {
    errors: [{ path: '', message: `Must have 1 to ${MAX_LINES} lines, each a user as JSON.` }],
  });
}

function readLine({ line, text }: { line: number; text: string }): ImportLine {
  const parsed = importedUser.safeParse(parse(text));
  if (!parsed.success) return { line, errors: fieldErrorsOf(parsed.error) };
  const { data } = parsed;
  return {
    line,
    user: {
      id: data.id?.toLowerCase(),
      email: data.email,
      passwordHash: data.password_hash,
      registeredAt: data.registered_on,
      isVerified: data.email_verified ?? false,
      admin: data.admin ?? false,
      roles: data.roles ?? [],
      claims: data.claims ?? {},
      isDisabled: data.disabled ?? false,
      locale: data.locale ?? null,
    },
  };
}

/** The value of a line; `undefined`, which no line can be, for one that is not JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
