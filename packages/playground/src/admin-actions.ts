import type { EventFilters } from 'latchkey-client/admin';
import { admin, administer } from './administer.ts';
import { connectClients } from './client-actions.ts';
import { onClick } from './dom.ts';
import { showEvent } from './events.ts';
import { onSend } from './forms.ts';
import { createPages } from './pages.ts';
import { connectSubject, lookAt, subjectId } from './subject-actions.ts';
import { showUser } from './users.ts';

/** Connects the part "Administration". */
export function connectAdministration(): void {
  connectSearch();
  connectEvents();
  connectClients();
  connectSubject();
}

function connectSearch(): void {
  const list = createPages('users', showUser(lookAt), administer);
  onSend('find-users', (field) => {
    const [email, role] = ['email', 'role'].map((name) => field(name).trim() || undefined);
    const filters = { email, role, disabled: field('disabled') === 'true' || undefined };
    return administer(() =>
      list(async (page) => {
        const { users, next } = await admin.users.find({ ...filters, ...page });
        return { entries: users, next };
      }),
    );
  });
}

function connectEvents(): void {
  const list = createPages('events', showEvent(lookAt), administer);
  const listNewest = async (filters: EventFilters) => {
    await administer(() =>
      list(async (page) => {
        const { events, next } = await admin.events.read({ ...filters, order: 'newest', ...page });
        return { entries: events, next };
      }),
    );
  };
  onClick('list-events', () => listNewest({}));
  onClick('list-subject-events', () => listNewest({ userId: subjectId() }));
}
