/** The fields of requests and answers that hold secrets, with the shell variables that stand for them. */
export const secretFields: Readonly<Record<string, string>> = {
  password: 'PASSWORD',
  current_password: 'CURRENT_PASSWORD',
  new_password: 'NEW_PASSWORD',
  token: 'MAILED_TOKEN',
  code: 'CODE',
  auth_token: 'TOKEN',
  refresh_token: 'REFRESH_TOKEN',
  access_token: 'TOKEN',
  key: 'API_KEY',
  subject_token: 'API_KEY',
  client_secret: 'CLIENT_SECRET',
  challenge_token: 'CHALLENGE_TOKEN',
  enrolment_token: 'ENROLMENT_TOKEN',
  recovery_code: 'RECOVERY_CODE',
  recovery_codes: 'RECOVERY_CODE',
  secret: 'TOTP_SECRET',
  otpauth_uri: 'OTPAUTH_URI',
  qr_svg: 'QR_SVG',
  // The challenge of a passkey is made of the challenge token. What the browser signs has it in it.
  challenge: 'CHALLENGE',
  clientDataJSON: 'CLIENT_DATA',
  signature: 'SIGNATURE',
};

/** A form, as URLSearchParams writes it: a quote or a blank is encoded. */
const FORM = /^[\w.*%+-]+=[\w.*%+&=-]*$/;

const MAX_LENGTH = 2000;

/**
 * A body for people: JSON is indented, and a form has a line for each field. Unless `isFull`, secrets are shortened. Any
 * other text is cut.
 */
export function showBody(text: string, isFull: boolean): string {
  const show = (name: string, value: string) => (isFull ? value : shorten(name, value));
  const cut = text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
  return replaceSecrets(text, show, 2) ?? showForm(text, show) ?? cut;
}

function showForm(text: string, show: (name: string, value: string) => string): string | undefined {
  if (!FORM.test(text)) return undefined;
  const lines = Array.from(new URLSearchParams(text), ([name, value]) => [
    name,
    isSecret(name, value) ? show(name, value) : value,
  ]);
  return lines.map((line) => line.join('=')).join('\n');
}

/** The beginning of a token tells it from others, and is of no use to a thief. */
export const shortenToken = (token: string) =>
  token
    .split('.')
    .map((part) => (part.length > 8 ? `${part.slice(0, 8)}…` : part))
    .join('.');

/** The `code` of a mail or an app has digits only. That of a refusal is no secret. */
const isSecret = (name: string, value: string) =>
  Object.hasOwn(secretFields, name) && (name !== 'code' || !/^[a-z_]+$/.test(value));

function shorten(name: string, value: string): string {
  return /password$|^(client_)?secret$|^(recovery_)?codes?$/.test(name) ? '••••••' : `${value.slice(0, 12)}…`;
}

/** The JSON `text` with other values for its secrets; `undefined` when it is not JSON. */
export function replaceSecrets(
  text: string,
  replace: (name: string, value: string) => string,
  indent = 0,
): string | undefined {
  try {
    const replaceField = (name: string, value: unknown): unknown => {
      if (Array.isArray(value) && Object.hasOwn(secretFields, name))
        return value.map((entry: unknown) => replaceField(name, entry));
      return typeof value === 'string' && isSecret(name, value) ? replace(name, value) : value;
    };
    return JSON.stringify(JSON.parse(text), replaceField, indent);
  } catch {
    return undefined;
  }
}

/** The form `text` with other values for its secrets; `undefined` when it is no form. `replace` returns encoded text. */
export function replaceInForm(text: string, replace: (name: string) => string): string | undefined {
  if (!FORM.test(text)) return undefined;
  const replaceField = (field: string) => {
    const [[name = '', value = ''] = []] = new URLSearchParams(field);
    return isSecret(name, value) ? `${name}=${replace(name)}` : field;
  };
  return text.split('&').map(replaceField).join('&');
}
