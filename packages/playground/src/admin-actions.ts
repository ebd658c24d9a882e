import { administer } from './administer.ts';
import { onClick } from './dom.ts';
import { showEvent } from './events.ts';
import { onSend } from './forms.ts';
import { createPages } from './pages.ts';
import { connectSubject, lookAt, subjectId } from './subject-actions.ts';
import { showUser } from './users.ts';

/** Connects the part "Administration". */
export function connectAdministration(): void {
  const listUsers = createPages('users', (user) => showUser(user, lookAt));
  const listEvents = createPages('events', (event) => showEvent(event, lookAt));

  onSend('find-users', (field) => {
    const query = { email: field('email').trim(), role: field('role').trim(), disabled: field('disabled') };
    const given = Object.entries(query).filter(([, value]) => value !== '');
    return administer(() => listUsers(Object.fromEntries(given)));
  });
  onClick('list-events', async () => void (await administer(() => listEvents({ order: 'newest' }))));
  onClick('list-subject-events', async () => {
    await administer(() => listEvents({ user_id: subjectId(), order: 'newest' }));
  });
  connectSubject();
}
