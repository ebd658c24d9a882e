import type { ManagedUser } from '../../store/statements/admin/managed-user.ts';
import { Refusal } from '../../errors.ts';
import type { Deps } from '../deps.ts';
import { cursorAt, type Page, pageOf, parseCursor } from '../page.ts';

/** Which users to list. `email` is the beginning of an address in the canonical form, or of a domain with the @ before it. */
export type UserFilter = {
  address?: string | undefined;
  email?: string | undefined;
  role?: string | undefined;
  admin?: boolean | undefined;
  disabled?: boolean | undefined;
  unverified?: boolean | undefined;
};

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
      ? { ...parseCursor(after), afterEmail: '' }
      : { ...parseCursor(undefined), afterEmail: after ?? '' }),
    limit: limit + 1,
  });
  return pageOf(found, limit, (last) => (email === undefined ? cursorAt(last.registeredAt, last.id) : last.email));
}

const numberOf = (flag: boolean | undefined) => (flag === undefined ? null : Number(flag));
