import { fieldRows } from './account.ts';
import { find } from './dom.ts';
import { onSend } from './forms.ts';
import { isFull } from './log.ts';
import { act, outputs } from './outputs.ts';
import { getToken, verify } from './program.ts';
import { shortenToken } from './secrets.ts';
import { showClaims } from './token.ts';

let token: string | undefined;

/** Connects the part "Machine", and shows it: without a script, its form would send the secret in the URL. */
export function connectMachine(): void {
  find('machine-part', HTMLElement).hidden = false;
  onSend('get-token', (field) =>
    act(outputs.machine, async () => {
      showMachine(undefined);
      const [client_id, client_secret, scope] = [field('client_id'), field('client_secret'), field('scope')];
      showMachine(await getToken({ grant_type: 'client_credentials', client_id, client_secret, scope }));
      return 'This is an access token of the client.';
    }),
  );

  onSend('verify-machine', (field) =>
    act(outputs.machine, async () => {
      showBearer({});
      showBearer(await verify(token ?? '', field('scope')));
      return '204: the machine is let in.';
    }),
  );
}

/** Shows the access token of a machine; with `undefined`, none any more. */
export function showMachine(next: string | undefined): void {
  token = next;
  find('machine', HTMLDivElement).hidden = next === undefined;
  showClaims('machine-claims', next);
  showBearer({});
  showMachineAgain();
}

/** Shows the same token again, in full or shortened. */
export function showMachineAgain(): void {
  find('machine-token', HTMLElement).textContent = isFull() ? (token ?? '') : shortenToken(token ?? '');
}

function showBearer(headers: Record<string, string>): void {
  find('machine-bearer', HTMLDListElement).replaceChildren(...fieldRows(headers));
}
