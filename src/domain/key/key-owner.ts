import type { KeyOwner } from '../../store/statements/key/key-owner.ts';
import type { ApiKey } from '../../store/tables/api-keys.ts';
import { Refusal } from '../../errors.ts';
import { isUserId } from '../admin/managed-user.ts';
import { isClientId } from '../oauth/client-id.ts';

/** Whose the row of an API key is. Every row has one owner. */
export const ownerOfKey = ({ userId, clientId }: Pick<ApiKey, 'userId' | 'clientId'>): KeyOwner =>
  userId === null ? { kind: 'client', id: clientId ?? '' } : { kind: 'user', id: userId };

/** Whether there can be such an owner. Any other id costs no query. */
export const isOwnerId = ({ kind, id }: KeyOwner): boolean => (kind === 'user' ? isUserId(id) : isClientId(id));

/** The refusal of an owner who does not exist: `unknown_user` or `unknown_client`. */
export const unknownOwner = ({ kind }: KeyOwner) => new Refusal(kind === 'user' ? 'unknown_user' : 'unknown_client');
