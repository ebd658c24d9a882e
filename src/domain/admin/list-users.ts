import type { ManagedUser } from '../../store/statements/admin/managed-user.ts';
import { Refusal } from '../../errors.ts';
import type { Deps } from '../deps.ts';
import { parsePlace, placeOf } from './place.ts';

/** Which users to list. `email` is the beginning of an address in the canonical form, or of a domain with the @ before it. */
export type UserFilter = {
  address?: string | undefined;
  email?: string | undefined;
  role?: string | undefined;
  admin?: boolean | undefined;
  disabled?: boolean | undefined;
  unverified?: boolean | undefined;
};

/** A page of a list: its cursor is `undefined` at the end. */
export type Page<Item> = { items: Item[]; next: string | undefined };

/**
 * Up to `limit` users after the cursor `after`: newest first, or by address when `filter` has a part of it. One round trip.
 * Refuses with `invalid_request` a cursor that is none of ours, and an address with another filter.
 */
export async function listUsers(
  { managedUsers }: Pick<Deps, 'managedUsers'>,
  { address, ...filter }: UserFilter,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<Page<ManagedUser>> {
  if (address !== undefined) {
    if (Object.values(filter).some((given) => given !== undefined))
      throw new Refusal('invalid_request', { errors: [{ path: 'address', message: 'Goes without other filters.' }] });
    const user = await managedUsers.findByAddress(address);
    return { items: user === undefined ? [] : [user], next: undefined };
  }
  const { email } = filter;
  const isByDomain = email?.startsWith('@') ?? false;
  const found = await managedUsers.list({
    email: isByDomain ? null : (email ?? null),
    domain: isByDomain ? (email ?? null) : null,
    role: filter.role ?? null,
    admin: numberOf(filter.admin),
    disabled: numberOf(filter.disabled),
    unverified: numberOf(filter.unverified),
    ...(email === undefined
      ? { ...parsePlace(after), afterEmail: '' }
      : { ...parsePlace(undefined), afterEmail: after ?? '' }),
    // One more tells whether there is another page.
    limit: limit + 1,
  });
  const items = found.slice(0, limit);
  const last = found.length > limit ? items.at(-1) : undefined;
  return { items, next: last && (email === undefined ? placeOf(last.registeredAt, last.id) : last.email) };
}

const numberOf = (flag: boolean | undefined) => (flag === undefined ? null : Number(flag));
