import type { Client, ClientSecret } from 'latchkey-client/admin';
import { fieldRows } from './account.ts';
import { find, make } from './dom.ts';

type Delete = (secret: ClientSecret) => Promise<void>;

const title = find('client-title', HTMLHeadingElement);

/** Makes the entry of a client: a button that calls `lookAt` with the id. */
export const showClientEntry = (lookAt: (id: string) => void) => (client: Client) => {
  const words = [client.client_id, ...(client.disabled_on === null ? [] : ['disabled']), ...client.scopes];
  const button = make('button', '', client.name);
  button.type = 'button';
  button.addEventListener('click', () => lookAt(client.client_id));
  return make('li', '', button, make('small', '', words.join(', ')));
};

/** Shows a client with its secrets, each with a button that calls `remove` with it; with `undefined`, none. */
export function showClient(client: Client | undefined, remove: Delete = async () => {}): void {
  const { secrets = [], name = '', ...fields } = client ?? {};
  find('client', HTMLDivElement).hidden = client === undefined;
  title.textContent = name;
  find('disable-client', HTMLButtonElement).textContent = isOff(client) ? 'Enable the client' : 'Disable the client';
  find('client-fields', HTMLDListElement).replaceChildren(...fieldRows(fields));
  find('client-secrets', HTMLUListElement).replaceChildren(...secrets.map((secret) => showSecret(secret, remove)));
}

export const focusClient = () => title.focus();

/** Whether the client is disabled. */
export const isOff = (client: Client | undefined) => typeof client?.disabled_on === 'string';

function showSecret(secret: ClientSecret, remove: Delete): HTMLLIElement {
  const words = [
    make('span', 'agent', `Secret ${secret.secret_id}`),
    make('small', '', `Made ${new Date(secret.created_on).toLocaleString()}`),
  ];
  const button = make('button', '', 'Delete');
  button.type = 'button';
  button.setAttribute('aria-label', `Delete the secret ${secret.secret_id}`);
  button.addEventListener('click', () => void remove(secret));
  return make('li', '', make('div', '', ...words), button);
}
