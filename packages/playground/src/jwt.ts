/** A part of a token: names and values. */
export type Part = Record<string, unknown>;

/** The header and the claims of a JWT, which nobody has verified; `undefined` for anything else. */
export function decodeJwt(token: string): { header: Part; claims: Part } | undefined {
  const [header, claims] = token.split('.').slice(0, 2).map(decodePart);
  return header === undefined || claims === undefined ? undefined : { header, claims };
}

function decodePart(text: string): Part | undefined {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
