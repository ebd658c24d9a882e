import { readCredentials } from './account.ts';
import { find, onClick } from './dom.ts';
import { onSubmit, showProblems } from './forms.ts';
import { showNewMail } from './mails.ts';
import { act, outputs } from './outputs.ts';
import { logins, showHeldToken, showLogin } from './page.ts';

const client = () => logins.client();

/** Makes the forms work that care for the account: its address, its password and its end. */
export function connectAccountForms(): void {
  onMailing('mail-reset', () => client().requestPasswordReset(readCredentials()));
  onMailing('mail-registration', () => client().requestRegistration(readCredentials()));
  onMailing('mail-verification', () => client().requestVerification());

  onSubmit('by-mail', async (field, button) => {
    const proof = { ...readProof(field('proof')), email: readCredentials().email };
    if (button === 'reset-password') {
      await client().resetPassword({ ...proof, newPassword: field('password') });
      return 'The password is set. Log in with it.';
    }
    await client().confirmRegistration({ ...proof, password: field('password') });
    return 'Registered, and logged in.';
  });

  onSubmit('verify-email', async (field) => {
    await client().verifyEmail(readProof(field('proof')));
    // Otherwise the access token would say the old.
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

const MAILED = 'If a mail goes out, it appears under "Mails".';

/** Asks the service for a mail when the button `id` is pressed. The address is that of the form to log in, if any. */
function onMailing(id: string, ask: () => Promise<void>): void {
  const form = find('login', HTMLFormElement);
  onClick(id, async () => {
    showProblems(form, undefined);
    const refusal = await act(outputs.account, async () => {
      await ask();
      showNewMail().catch(reportError);
      return MAILED;
    });
    showProblems(form, refusal);
  });
}

/** Somebody may paste the code, the token, or the whole link. */
function readProof(text: string): { token: string } | { code: string } {
  const [, token] = /#token=(.*)$/s.exec(text.trim()) ?? [];
  const proof = token ?? text.trim();
  return /^[\d ]*$/.test(proof) ? { code: proof.replaceAll(' ', '') } : { token: proof };
}
