import type { Config } from '../../config/config.ts';
import type { FieldError } from '../../errors.ts';
import type { UserToImport } from '../../store/statements/admin/import-users.ts';
import type { Holder } from '../../store/transfers.ts';
import { checkHash, type PricedHash } from './check-hash.ts';
import { faultOfRights, sortRoles } from './rights.ts';

/** A user of another system. Without `id` and `registeredAt`, the service chooses them. */
export type ForeignUser = {
  id: string | undefined;
  email: string;
  passwordHash: string | null;
  registeredAt: Date | undefined;
  isVerified: boolean;
  admin: boolean;
  roles: readonly string[];
  claims: Readonly<Record<string, unknown>>;
  isDisabled: boolean;
  locale: string | null;
};

/** A line of an import: its number, and the user or what is wrong with it. */
export type ImportLine = { line: number } & ({ user: ForeignUser } | Fault);

/** A line that only the database can refuse. */
export type Candidate = { line: number; given: ForeignUser; hash: PricedHash; toStore: UserToImport };

type Fault = { errors: FieldError[] };

const faultAt = (path: string, message: string): Fault => ({ errors: [{ path, message }] });

/** The lines that the database decides, each with what its hash costs a login; and the lines that are refused before. */
export async function planImport(lines: readonly ImportLine[], config: Config, at: Date) {
  const checked = await Promise.all(
    lines.map(async (entry) =>
      'errors' in entry ? entry : { ...entry, hash: await checkHash(entry.user.passwordHash, config, at) },
    ),
  );
  const candidates: Candidate[] = [];
  const refused: ({ line: number } & Fault)[] = [];
  const linesBy = { email: new Map<string, number>(), id: new Map<string, number>() };
  for (const entry of checked) {
    const plan = 'errors' in entry ? entry : planLine(entry, linesBy, config, at);
    if ('errors' in plan) refused.push({ line: entry.line, errors: plan.errors });
    else candidates.push(plan);
  }
  return { candidates, refused };
}

function planLine(
  { line, user, hash }: { line: number; user: ForeignUser; hash: PricedHash | { fault: string } },
  linesBy: Record<'email' | 'id', Map<string, number>>,
  config: Config,
  at: Date,
): Candidate | Fault {
  const twin = linesBy.email.get(user.email);
  if (twin !== undefined) return faultAt('email', `Line ${twin} has the same address.`);
  const sameId = user.id === undefined ? undefined : linesBy.id.get(user.id);
  if (sameId !== undefined) return faultAt('id', `Line ${sameId} has the same id.`);
  if (user.registeredAt !== undefined && user.registeredAt > at) return faultAt('registered_on', 'Is in the future.');
  const rights = { roles: sortRoles(user.roles), claims: user.claims };
  const fault = faultOfRights(rights, config);
  if (fault !== undefined) return faultAt('claims', fault);
  if ('fault' in hash) return faultAt('password_hash', hash.fault);

  linesBy.email.set(user.email, line);
  if (user.id !== undefined) linesBy.id.set(user.id, line);
  return { line, given: user, hash, toStore: toStore(user, hash, at) };
}

function toStore(user: ForeignUser, { stored, scheme }: PricedHash, at: Date): UserToImport {
  return {
    id: user.id ?? crypto.randomUUID(),
    email: user.email,
    passwordHash: stored,
    scheme,
    admin: Number(user.admin),
    registeredAt: (user.registeredAt ?? at).getTime(),
    emailVerifiedAt: user.isVerified ? at.getTime() : null,
    locale: user.locale,
    disabledAt: user.isDisabled ? at.getTime() : null,
    roles: JSON.stringify(sortRoles(user.roles)),
    claims: JSON.stringify(user.claims),
  };
}

/**
 * What to say of a candidate that was not stored, because of `holders`: who has its id or its address. It is unchanged if
 * one of them is this user: with the same address, and the same id, time of registration or hash.
 */
export function judgeHeld({ given, toStore }: Candidate, holders: readonly Holder[]): { userId: string } | Fault {
  const holder = holders.find(({ email }) => email === toStore.email);
  if (holder !== undefined && isSameUser(given, holder)) return { userId: holder.id };
  if (holder === undefined && holders.length > 0) return faultAt('id', 'Another account has this id.');
  return faultAt(
    'email',
    `Another account ${holder === undefined ? 'may take this address back' : 'has this address'}.`,
  );
}

function isSameUser({ id, registeredAt }: ForeignUser, holder: Holder): boolean {
  return id === holder.id || registeredAt?.getTime() === holder.registeredAt.getTime() || holder.hasSameHash;
}
