import { type AdminChange, makeUser } from './admin-change.ts';
import { keyIn } from './api-keys.ts';
import { addClient } from './machines.ts';
import { bearer, tokensOf } from './service.ts';

const CLIENT = 'robot';
const data = /^\{"key_id":"\w{16}"\}$/;
const dataOfClient = /^\{"key_id":"\w{16}","client_id":"robot"\}$/;

const revoked = { body: { message: 'Key revoked.' } };

/** The changes of API keys that operators and administrators make. */
export const keyChanges: AdminChange[] = [
  {
    name: 'a revocation of an API key of a user',
    events: [{ type: 'key_revoked', data }],
    answer: revoked,
    again: revoked,
    prepare: async (service) => {
      const user = await makeUser(service);
      const { access } = tokensOf(await service.logIn(user));
      const { id } = keyIn(await service.post('/auth/keys', { name: 'a key' }, bearer(access)));
      return { route: `DELETE /admin/users/${user.id}/keys/${id}`, userId: user.id };
    },
  },
  {
    name: 'a new API key of a client',
    events: [{ type: 'key_created', data: dataOfClient }],
    ofTwo: 2,
    answer: { status: 201, body: { message: 'Key created.' } },
    prepare: async () => {
      await addClient({ id: CLIENT, scopes: ['api'] });
      return { route: `POST /admin/clients/${CLIENT}/keys`, body: { name: 'a key' }, userId: null };
    },
  },
  {
    name: 'a revocation of an API key of a client',
    events: [{ type: 'key_revoked', data: dataOfClient }],
    answer: revoked,
    again: revoked,
    prepare: async ({ ask }) => {
      await addClient({ id: CLIENT, scopes: ['api'] });
      const { id } = keyIn(await ask({ route: `POST /admin/clients/${CLIENT}/keys`, body: { name: 'a key' } }));
      return { route: `DELETE /admin/clients/${CLIENT}/keys/${id}`, userId: null };
    },
  },
];
