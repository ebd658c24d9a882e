import { find, onClick } from './dom.ts';
import { showProblems } from './forms.ts';
import { showNewMail } from './mails.ts';
import { act, outputs } from './outputs.ts';

/** What the page says when the service does not tell whether it mails. */
export const MAILED = 'If a mail goes out, it appears under "Mails".';

/** Asks the service for a mail when the button `id` is pressed. Shows a refused address beside the form to log in. */
export function onMailing(id: string, ask: () => Promise<void>): void {
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

/** Leads somebody who has asked to register with `password` to the form that takes the code of the mail. */
export function goOnByMail(password: string): void {
  find('by-mail', HTMLDetailsElement).open = true;
  find('registration-password', HTMLInputElement).value = password;
  find('registration-proof', HTMLInputElement).focus();
  showNewMail().catch(reportError);
}

/** Reads what somebody has pasted: the code, the token, or the whole link. */
export function readProof(text: string): { token: string } | { code: string } {
  const [, token] = /#token=(.*)$/s.exec(text.trim()) ?? [];
  const proof = token ?? text.trim();
  return /^[\d ]*$/.test(proof) ? { code: proof.replaceAll(' ', '') } : { token: proof };
}
