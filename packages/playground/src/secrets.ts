/** The fields of requests and answers that hold secrets, with the shell variables that stand for them. */
export const secretFields: Readonly<Record<string, string>> = {
  password: 'PASSWORD',
  current_password: 'CURRENT_PASSWORD',
  new_password: 'NEW_PASSWORD',
  token: 'MAILED_TOKEN',
  code: 'CODE',
  auth_token: 'TOKEN',
  refresh_token: 'REFRESH_TOKEN',
};

const MAX_LENGTH = 2000;

/** A body for people: JSON is indented. Unless `isFull`, secrets are shortened. What is not JSON is cut. */
export function showBody(text: string, isFull: boolean): string {
  const json = replaceSecrets(text, (name, value) => (isFull ? value : shorten(name, value)), 2);
  return json ?? (text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text);
}

/** The beginning of a token tells it from others, and is of no use to a thief. */
export const shortenToken = (token: string) =>
  token
    .split('.')
    .map((part) => (part.length > 8 ? `${part.slice(0, 8)}…` : part))
    .join('.');

/** The `code` of a mail has digits only. That of a refusal is no secret. */
const isSecret = (name: string, value: string) =>
  Object.hasOwn(secretFields, name) && (name !== 'code' || !/^[a-z_]+$/.test(value));

function shorten(name: string, value: string): string {
  return name === 'code' || name.endsWith('password') ? '••••••' : `${value.slice(0, 12)}…`;
}

/** The JSON `text` with other values for its secrets; `undefined` when it is not JSON. */
export function replaceSecrets(
  text: string,
  replace: (name: string, value: string) => string,
  indent = 0,
): string | undefined {
  try {
    const replaceField = (name: string, value: unknown) =>
      typeof value === 'string' && isSecret(name, value) ? replace(name, value) : value;
    return JSON.stringify(JSON.parse(text), replaceField, indent);
  } catch {
    return undefined;
  }
}
