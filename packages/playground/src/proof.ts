/**
 * Reads what somebody shows as a second factor: the code of an app, which has digits only, or a recovery code. The service
 * forgives blanks and hyphens.
 */
export function readFactor(text: string): { code: string } | { recovery_code: string } {
  const typed = text.trim();
  return /^[\d\s-]{0,12}$/.test(typed) ? { code: typed } : { recovery_code: typed };
}
