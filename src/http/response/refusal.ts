import { z } from '@hono/zod-openapi';
import { type FieldError, refusals, type RefusalCode, type StepUp } from '../../errors.ts';
import { json } from './json.ts';

/** Responses by status, as a route declares them. */
export type DeclaredRefusals = Record<number, ReturnType<typeof json>>;

type Details = { errors?: FieldError[] | undefined; stepUp?: StepUp | undefined };

/**
 * The body of a refusal: the row of `code` in the table, and what is wrong with single fields, or which authentication the
 * request needs.
 */
export function shapeRefusal(code: RefusalCode, requestId: string, { errors, stepUp }: Details) {
  return {
    status: 'fail',
    code,
    message: refusals[code].message,
    request_id: requestId,
    ...(errors && { errors }),
    ...(stepUp && { max_age: stepUp.maxAgeSeconds, acr_values: stepUp.acr ?? null }),
  };
}

const text = z.string();
const status = z.literal('fail');
const errors = z.array(z.object({ path: text, message: text })).optional();
/** What `insufficient_user_authentication` has, and no other code. */
const stepUp = { max_age: z.int().optional(), acr_values: z.literal('aal2').nullable().optional() };

/** The responses of a route that may refuse with `codes`: one for each of their statuses. */
export function declareRefusals(codes: RefusalCode[]): DeclaredRefusals {
  return declareByStatus(codes, refusalSchema);
}

/** The schema of the body of a refusal with one of `codes`. */
export function refusalSchema<const C extends RefusalCode>(codes: C[]) {
  const own = codes.some((code) => code === 'insufficient_user_authentication') ? stepUp : {};
  return z.object({ status, code: z.enum(codes), message: text, request_id: text, errors, ...own });
}

/** The codes grouped by status. The messages describe a status, and `schemaOf` gives the schema of its body. */
export function declareByStatus(codes: RefusalCode[], schemaOf: (codes: RefusalCode[]) => z.ZodType): DeclaredRefusals {
  const byStatus = Map.groupBy(new Set(codes), (code) => refusals[code].status);
  const declared = Array.from(byStatus, ([status, ofStatus]) => {
    const messages = new Set(ofStatus.map((code) => refusals[code].message));
    return [status, json(schemaOf(ofStatus), [...messages].join(' / '))] as const;
  });
  return Object.fromEntries(declared);
}
