import type { FieldError } from '../../errors.ts';

/** What a schema finds wrong, field by field. */
export function fieldErrorsOf({ issues }: { issues: { path: PropertyKey[]; message: string }[] }): FieldError[] {
  return issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message }));
}
