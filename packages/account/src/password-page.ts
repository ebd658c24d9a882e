import { codeField, emailField, passwordField } from './field.ts';
import { makeForm, makeOtherButton, showProblems, type Values } from './form.ts';
import type { Text } from './text.ts';
import { forgetLink, type Link } from './link.ts';
import { linkProblems } from './link-problems.ts';
import type { PasswordPage } from './pages.ts';
import { post } from './service.ts';
import { notify, showTitle, showView } from './view.ts';

export function showPasswordPage(page: PasswordPage, link: Link): void {
  showTitle(page.title);
  if (link.kind === 'token') return chooseByLink(page, link.token);
  askForMail(page);
  notify(link.kind === 'none' ? undefined : linkProblems[link.kind]);
}

function chooseByLink(page: PasswordPage, token: string): void {
  notify(undefined);
  const form = makeForm({
    fields: [passwordField()],
    button: page.button,
    send: ({ password = '' }) => post(`${page.route}/confirm`, { token, [page.passwordName]: password }),
    whenDone: () => end(page),
    whenInvalid: () => {
      askForMail(page);
      notify(linkProblems.invalid);
    },
    otherField: linkProblems.broken,
  });
  showView(page.choose, form);
}

function askForMail(page: PasswordPage, typed = ''): void {
  const email = emailField(typed);
  const form = makeForm({
    fields: [email],
    button: { en: 'Send the mail', de: 'E-Mail schicken' },
    send: ({ email = '' }) => post(page.route, { email }),
    whenDone: ({ email = '' }) => {
      chooseByCode(page, email);
      notify(sent, 'done');
    },
    whenInvalid: () => notify(linkProblems.invalid),
    ...(page.noMail && { otherField: page.noMail }),
  });
  const other = makeOtherButton({ en: 'I have a code', de: 'Ich habe einen Code' }, () => {
    notify(undefined);
    chooseByCode(page, email.input.value);
  });
  showView(page.ask, form, other);
}

function chooseByCode(page: PasswordPage, typed: string): void {
  const [email, code, password] = [emailField(typed), codeField(), passwordField()];
  const form = makeForm({
    fields: [email, code, password],
    button: page.button,
    send: (values) => post(`${page.route}/confirm`, bodyOf(page, values)),
    whenDone: () => end(page),
    whenInvalid: () => void showProblems([email, code, password], (field) => (field === code ? wrongCode : undefined)),
  });
  const other = makeOtherButton({ en: 'Ask for another mail', de: 'Noch eine E-Mail anfordern' }, () => {
    notify(undefined);
    askForMail(page, email.input.value);
  });
  showView(page.choose, form, other);
}

function bodyOf({ passwordName }: PasswordPage, { email = '', code = '', password = '' }: Values) {
  return { email, code, [passwordName]: password };
}

function end({ done }: PasswordPage): void {
  forgetLink();
  showView(undefined);
  notify(done, 'done');
}

const sent: Text = {
  en: 'A mail is on its way to this address. Open its link, or type its code here. If none comes, look into the spam folder, and check the address.',
  de: 'Eine E-Mail ist zu dieser Adresse unterwegs. Öffnen Sie den Link darin, oder tippen Sie den Code hier ein. Wenn keine kommt, sehen Sie im Spam-Ordner nach, und prüfen Sie die Adresse.',
};

const wrongCode: Text = {
  en: 'The code is wrong, used or too old. Check its digits and the address, or open the link in the mail.',
  de: 'Der Code ist falsch, verwendet oder zu alt. Prüfen Sie seine Ziffern und die Adresse, oder öffnen Sie den Link in der E-Mail.',
};
