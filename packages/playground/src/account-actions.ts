import { readCredentials } from './account.ts';
import { onClick } from './dom.ts';
import { onSubmit } from './forms.ts';
import { goIn } from './go-in.ts';
import { showNewMail } from './mails.ts';
import { MAILED, onMailing, readProof } from './mailing.ts';
import { act, outputs } from './outputs.ts';
import { logins, showHeldToken, showLogin } from './page.ts';

const client = () => logins.client();

/** Connects the forms for the account: its address, its password and its end. */
export function connectAccountForms(): void {
  onMailing('mail-reset', () => client().requestPasswordReset(readCredentials()));
  onMailing('mail-registration', () => client().requestRegistration(readCredentials()));
  onMailing('mail-verification', () => client().requestVerification());

  onSubmit('reset-password', async (field) => {
    await client().resetPassword({ ...readProofOfEmail(field('proof')), newPassword: field('new_password') });
    return 'The password is set. Log in with it.';
  });

  onSubmit('confirm-registration', async (field) => {
    const given = { ...readProofOfEmail(field('proof')), password: field('password') };
    return goIn(() => client().confirmRegistration(given), 'Registered, and logged in.');
  });

  onSubmit('verify-email', async (field) => {
    await client().verifyEmail(readProof(field('proof')));
    // The access token says so only after a refresh.
    await client().refresh();
    await showLogin();
    return 'The e-mail is verified.';
  });

  onSubmit('change-password', async (field) => {
    const passwords = { currentPassword: field('current_password'), newPassword: field('new_password') };
    await client().changePassword(passwords);
    return 'The password is changed, and all other sessions are over.';
  });

  onSubmit('change-email', async (field) => {
    await client().changeEmail({ newEmail: field('new_email'), password: field('password') });
    showNewMail().catch(reportError);
    return MAILED;
  });

  onSubmit('confirm-email', async (field) => {
    await client().confirmEmail(readProof(field('proof')));
    await showLogin();
    return 'The e-mail is changed.';
  });

  onSubmit('delete-account', async (field) => {
    await client().deleteAccount({ password: field('password') });
    return 'The account is deleted.';
  });

  onClick('export', async () => {
    await act(outputs.account, async () => {
      await client().exportAccount();
      await showHeldToken();
      return 'The export is the newest answer under "Requests".';
    });
  });
}

/** The proof, with the address that the form to log in has. */
const readProofOfEmail = (text: string) => ({ ...readProof(text), email: readCredentials().email });
