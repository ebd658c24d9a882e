import type { AdminUser } from 'latchkey-client/admin';
import { make } from './dom.ts';

/** Makes the entry of a found user: a button that calls `lookAt` with the id. */
export const showUser = (lookAt: (id: string) => void) => (user: AdminUser) => {
  const words = [
    ...(user.admin ? ['administrator'] : []),
    ...(user.disabled_on === null ? [] : ['disabled']),
    ...(user.email_verified ? [] : ['not verified']),
    ...(user.second_factor ? ['second factor'] : []),
    ...user.roles,
  ];
  const button = make('button', '', user.email);
  button.type = 'button';
  button.addEventListener('click', () => lookAt(user.user_id));
  return make('li', '', button, make('small', '', words.join(', ')));
};
