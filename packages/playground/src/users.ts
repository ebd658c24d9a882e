import { make } from './dom.ts';
import { fieldsOf, listOf, textOf } from './fields.ts';

/** A found user, as a button that calls `lookAt` with the id. */
export function showUser(user: unknown, lookAt: (id: string) => void): HTMLLIElement {
  const { admin, email_verified: isVerified } = fieldsOf(user);
  const words = [
    ...(admin === true ? ['administrator'] : []),
    ...(textOf(user, 'disabled_on') === undefined ? [] : ['disabled']),
    ...(isVerified === true ? [] : ['not verified']),
    ...listOf(user, 'roles'),
  ];
  const button = make('button', '', textOf(user, 'email') ?? '');
  button.type = 'button';
  button.addEventListener('click', () => lookAt(textOf(user, 'user_id') ?? ''));
  return make('li', '', button, make('small', '', words.join(', ')));
}
