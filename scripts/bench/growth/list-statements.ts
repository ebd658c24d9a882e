import * as users from '../../../src/store/statements/admin/list-users.ts';
import { listings as events } from '../../../src/store/statements/event/list-events.ts';
import { listKeys } from '../../../src/store/statements/key/list-keys.ts';
import { listClients } from '../../../src/store/statements/oauth/list-clients.ts';

const noFilters = { email: null, domain: null, role: null, admin: null, disabled: null, unverified: null };
const userListing = { ...noFilters, afterTime: 0, afterId: '', afterEmail: '', limit: 1 };
const clientListing = { afterTime: 0, afterId: '', limit: 1 };
const keyListing = { ownerId: '', ...clientListing };
const eventListing = { userId: null, type: null, after: 0, limit: 1 };

/** The SQL of every list that administrators read. */
export function listStatements(): string[] {
  const ofUsers = Object.values(users).map((list) => list(userListing));
  const ofEvents = Object.values(events).flatMap((lists) => Object.values(lists).map((list) => list(eventListing)));
  const ofKeys = Object.values(listKeys).map((list) => list(keyListing));
  return [...ofUsers, ...ofEvents, ...ofKeys, listClients(clientListing)].map(({ sql }) => sql);
}
