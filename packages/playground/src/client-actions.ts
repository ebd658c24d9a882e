import type { Client, ClientSecret } from 'latchkey-client/admin';
import { admin, administer } from './administer.ts';
import { focusClient, isOff, showClient, showClientEntry } from './clients.ts';
import { showCopyable } from './copyable.ts';
import { find, onClick } from './dom.ts';
import { onSend, wordsIn } from './forms.ts';
import { outputs } from './outputs.ts';
import { createPages } from './pages.ts';
import { hideOnce, showOnce } from './shown-once.ts';

let shown: Client | undefined;

/** The id of the client that is shown. */
const shownId = () => shown?.client_id ?? '';

const run = (work: () => Promise<string>) => administer(work, outputs.clients);

/** Connects what an administrator can do with clients. */
export function connectClients(): void {
  const pages = createPages('clients', showClientEntry(lookAt), run);
  const list = () =>
    pages(async (page) => {
      const { clients, next } = await admin.clients(page);
      return { entries: clients, next };
    });

  onClick('list-clients', async () => void (await run(list)));

  onSend('make-client', (field) =>
    run(async () => {
      const [name, clientId, scopes] = [field('name'), field('client_id').trim(), wordsIn(field('scopes'))];
      const made = await admin.createClient({ name, scopes, ...(clientId !== '' && { clientId }) });
      show(made.client);
      if (made.clientSecret !== undefined) showSecretOnce(made.clientSecret);
      find('make-client', HTMLFormElement).reset();
      await list();
      return 'Client created. Copy its secret now: nobody can read it again.';
    }),
  );

  onClick('create-secret', async () => {
    await run(async () => {
      const made = await admin.createSecret(shownId());
      show(made.client);
      showSecretOnce(made.clientSecret);
      return 'Secret created. The other one still works.';
    });
  });

  onClick('disable-client', async () => {
    await run(async () => {
      const { client } = await admin.changeClient(shownId(), { disabled: !isOff(shown) });
      show(client);
      return isOff(client) ? 'The client is disabled, and its access tokens are over.' : 'The client is enabled.';
    });
  });

  onClick('delete-client', async () => {
    await run(async () => {
      await admin.deleteClient(shownId());
      show(undefined);
      await list();
      find('clients-title', HTMLHeadingElement).focus();
      return 'The client is deleted.';
    });
  });
}

function lookAt(id: string): void {
  const look = async () => {
    show(await admin.client(id));
    focusClient();
    return 'This is the client now.';
  };
  run(look).catch(reportError);
}

/** Shows `client` now. A new secret of another one is hidden. */
function show(client: Client | undefined): void {
  if (client?.client_id !== shown?.client_id) hideOnce('secret');
  shown = client;
  showClient(client, deleteSecret);
}

async function deleteSecret({ secret_id: id }: ClientSecret): Promise<void> {
  await run(async () => {
    show(await admin.deleteSecret(shownId(), id));
    hideOnce('secret');
    focusClient();
    return 'The secret is deleted, and the access tokens of the client are over.';
  });
}

/** Shows a new secret, and fills in the part "Machine" with it. */
function showSecretOnce(secret: string): void {
  showOnce('secret', showCopyable(secret, 'the secret', outputs.clients));
  find('machine-id', HTMLInputElement).value = shownId();
  find('machine-secret', HTMLInputElement).value = secret;
}
