import type { Text } from './text.ts';

/** A page with a button that redeems the token of a link, and nothing else. */
export type PressPage = {
  title: Text;
  intro: Text;
  button: Text;
  /** Below `/auth/`. */
  route: string;
  done: Text;
  /** What to do when the link works no more, or there is none. */
  anew: Text;
  /** What somebody must say before the button does anything. */
  box?: Text;
};

/** A page that asks for a mail, and where its link or its code lets somebody choose a password. */
export type PasswordPage = {
  title: Text;
  /** Above the form that asks for a mail. */
  ask: Text;
  /** Above the form that chooses the password. */
  choose: Text;
  button: Text;
  /** Below `/auth/`: it takes an address, and `/confirm` below it the rest. */
  route: string;
  /** What `/confirm` calls the password. */
  passwordName: 'password' | 'new_password';
  done: Text;
  /** What to say in the place of the form when asking for a mail would take more than an address. */
  noMail?: Text;
};

const askInApp = {
  en: 'For a new mail, log in to the app and ask for it there.',
  de: 'Für eine neue E-Mail melden Sie sich in der App an, und fordern Sie sie dort an.',
};

/** By the last part of their path, the pages with one button. */
export const pressPages: Readonly<Record<string, PressPage>> = {
  verify: {
    title: { en: 'Verify your e-mail address', de: 'E-Mail-Adresse bestätigen' },
    intro: {
      en: 'Press the button to confirm that the address this mail came to is yours.',
      de: 'Drücken Sie den Knopf, um zu bestätigen, dass die Adresse, an die diese E-Mail kam, Ihnen gehört.',
    },
    button: { en: 'Verify the address', de: 'Adresse bestätigen' },
    route: 'email/verify',
    done: {
      en: 'The e-mail address is verified. You can close this page.',
      de: 'Die E-Mail-Adresse ist bestätigt. Sie können diese Seite schließen.',
    },
    anew: askInApp,
  },
  confirm: {
    title: { en: 'Confirm your new e-mail address', de: 'Neue E-Mail-Adresse bestätigen' },
    intro: {
      en: 'Press the button, and the address this mail came to becomes that of your account.',
      de: 'Drücken Sie den Knopf, und die Adresse, an die diese E-Mail kam, wird die Ihres Kontos.',
    },
    button: { en: 'Use the new address', de: 'Neue Adresse verwenden' },
    route: 'email/confirm',
    done: {
      en: 'The e-mail address is changed. From now on, log in with the new one.',
      de: 'Die E-Mail-Adresse ist geändert. Melden Sie sich von jetzt an mit der neuen an.',
    },
    anew: askInApp,
  },
  undo: {
    title: { en: 'Undo the change of your e-mail address', de: 'Änderung der E-Mail-Adresse rückgängig machen' },
    intro: {
      en: 'Your account gets its former address back, and is logged out everywhere. Then you get a mail to choose a new password.',
      de: 'Ihr Konto bekommt seine frühere Adresse zurück und wird überall abgemeldet. Danach bekommen Sie eine E-Mail, um ein neues Passwort zu wählen.',
    },
    box: { en: 'I did not change the address', de: 'Ich habe die Adresse nicht geändert' },
    button: { en: 'Undo the change', de: 'Änderung rückgängig machen' },
    route: 'email/undo',
    done: {
      en: 'The former e-mail address is back. Check your mail to choose a new password.',
      de: 'Die frühere E-Mail-Adresse gilt wieder. Sehen Sie in Ihre E-Mails, um ein neues Passwort zu wählen.',
    },
    anew: {
      en: 'If you have used it, look for our next mail, and choose a new password. Otherwise ask the people who run this service.',
      de: 'Wenn Sie ihn verwendet haben, suchen Sie unsere nächste E-Mail, und wählen Sie ein neues Passwort. Sonst fragen Sie die Betreiber des Dienstes.',
    },
  },
};

/** By the last part of their path, the pages that choose a password. */
export const passwordPages: Readonly<Record<string, PasswordPage>> = {
  register: {
    title: { en: 'Register', de: 'Registrieren' },
    ask: {
      en: 'Type your address. You get a mail with a link and a code, and choose a password with either.',
      de: 'Tippen Sie Ihre Adresse ein. Sie bekommen eine E-Mail mit einem Link und einem Code, und wählen mit einem von beiden ein Passwort.',
    },
    choose: { en: 'Choose a password for your account.', de: 'Wählen Sie ein Passwort für Ihr Konto.' },
    button: { en: 'Make the account', de: 'Konto anlegen' },
    route: 'register',
    passwordName: 'password',
    done: {
      en: 'Your account is ready. You can log in to the app now.',
      de: 'Ihr Konto ist fertig. Sie können sich jetzt in der App anmelden.',
    },
    noMail: {
      en: 'Register in the app: here, it takes no mail.',
      de: 'Registrieren Sie sich in der App: Hier braucht es keine E-Mail dafür.',
    },
  },
  reset: {
    title: { en: 'Choose a new password', de: 'Neues Passwort wählen' },
    ask: {
      en: 'Type the address of your account. You get a mail with a link and a code, and choose a new password with either.',
      de: 'Tippen Sie die Adresse Ihres Kontos ein. Sie bekommen eine E-Mail mit einem Link und einem Code, und wählen mit einem von beiden ein neues Passwort.',
    },
    choose: {
      en: 'With the new password, your account is logged out everywhere.',
      de: 'Mit dem neuen Passwort wird Ihr Konto überall abgemeldet.',
    },
    button: { en: 'Change the password', de: 'Passwort ändern' },
    route: 'password/reset',
    passwordName: 'new_password',
    done: {
      en: 'The password is changed. You can log in to the app with it now.',
      de: 'Das Passwort ist geändert. Sie können sich jetzt in der App damit anmelden.',
    },
  },
};
