import { type Field, isMissing, makeField, showable } from '../field.ts';
import type { Text } from '../text.ts';

const filled = (input: HTMLInputElement) => () => (input.value.trim() === '' ? isMissing : undefined);

/** The address of an account. Browsers offer passkeys in it (WebAuthn level 3, section 5.1.7). */
export const addressField = (): Field =>
  makeField(
    'email',
    { en: 'E-mail address', de: 'E-Mail-Adresse' },
    { type: 'email', autocomplete: 'username webauthn' },
    filled,
  );

/** The password of an account, which can be shown. */
export const currentPasswordField = (): Field =>
  showable(
    makeField(
      'password',
      { en: 'Password', de: 'Passwort' },
      { type: 'password', autocomplete: 'current-password' },
      (input) => () => (input.value === '' ? isMissing : undefined),
    ),
  );

const wrongForm: Text = { en: 'The code has 6 digits.', de: 'Der Code hat 6 Ziffern.' };

/** A code that an authenticator app shows. */
export const appCodeField = (): Field =>
  makeField(
    'code',
    { en: 'Code from your authenticator app', de: 'Code aus Ihrer Authenticator-App' },
    { autocomplete: 'one-time-code', inputMode: 'numeric', spellcheck: false },
    (input) => () => {
      input.value = input.value.replaceAll(/[\s-]/g, '');
      return /^\d{6}$/.test(input.value) ? undefined : wrongForm;
    },
  );

/** One of the recovery codes. The service forgives blanks, hyphens, and small letters. */
export const recoveryCodeField = (): Field =>
  makeField(
    'recovery_code',
    { en: 'Recovery code', de: 'Wiederherstellungscode' },
    { autocomplete: 'off', autocapitalize: 'characters', spellcheck: false },
    filled,
  );

/** What somebody calls a passkey. */
export const passkeyNameField = (value: string): Field =>
  makeField('name', { en: 'Name', de: 'Name' }, { autocomplete: 'off', value }, filled);
