import { find, make } from './dom.ts';
import { type CaughtMail, listMails, readMail } from './explorer.ts';
import { outputs, say } from './outputs.ts';

/** The service mails after its response. */
const MAX_LOOKS = 8;
const PAUSE_MS = 400;

const list = find('mails', HTMLUListElement);
let newest: string | undefined;

/** Shows the latest mails. Returns whether there is a new one, or none will come since nobody lists them. */
export async function showMails(): Promise<boolean> {
  const mails = await listMails();
  if (mails === undefined) {
    say(outputs.mails, 'Nobody lists mails here. `npm run dev` does.');
    return true;
  }
  const isNew = mails[0]?.id !== newest;
  newest = mails[0]?.id;
  say(outputs.mails, mails.length === 0 ? 'No mail yet.' : '');
  if (isNew) list.replaceChildren(...mails.map(showMail));
  return isNew;
}

/** Shows the latest mails, and looks again until a new one has come, but only for some seconds. */
export async function showNewMail(): Promise<void> {
  for (let looks = 0; looks < MAX_LOOKS && !(await showMails()); looks += 1) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

/** A mail that can be unfolded. The first one is. */
function showMail({ id, to, subject, sentAt }: CaughtMail, index: number): HTMLLIElement {
  const time = make('small', '', new Date(sentAt).toLocaleTimeString());
  const text = make('pre', '', '…');
  const details = make('details', '', make('summary', '', make('b', '', subject), time, make('small', '', to)), text);
  details.addEventListener('toggle', () => void showText(id, text), { once: true });
  details.open = index === 0;
  return make('li', '', details);
}

async function showText(id: string, element: HTMLElement): Promise<void> {
  const text = (await readMail(id)) ?? 'This mail is gone.';
  element.replaceChildren(
    ...text
      .trim()
      .split(/(https?:\/\/\S+)/)
      .map(showPart),
  );
}

/** A link as a link, anything else as text. */
function showPart(part: string, index: number): Node | string {
  if (index % 2 === 0) return part;
  const link = make('a', '', part);
  link.href = part;
  link.target = '_blank';
  return link;
}
