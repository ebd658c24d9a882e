/** What each way to authenticate adds to the `amr` of a session (RFC 8176; `recovery` is ours). */
const METHODS = {
  password: ['pwd'],
  totp: ['otp', 'mfa'],
  recovery_code: ['recovery', 'mfa'],
  // A passkey is two factors at once: the device, and what unlocks it.
  passkey: ['pop', 'user', 'mfa'],
} as const;

/** The `amr` of a session by `before`, whose user has authenticated by `way` too. Each method comes once. */
export function addMethod(before: readonly string[], way: keyof typeof METHODS): string[] {
  const added: readonly string[] = METHODS[way];
  const single = [...before, ...added].filter((method) => method !== 'mfa');
  return [...new Set([...single, ...(before.includes('mfa') || added.includes('mfa') ? ['mfa'] : [])])];
}
