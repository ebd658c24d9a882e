import { table } from '../table.ts';
import type { OperatorCommand } from '../operator-command.ts';

export const stats: OperatorCommand = {
  usage: { takes: '', does: 'counts the users whose password still has the hash of another system' },
  arity: [0, 0],
  prepare: () => async (admin) => {
    const body = await admin.getStats();
    const { legacy_hashes: hashes, legacy_hashes_until: until } = body.data;
    const end =
      until === null
        ? 'LEGACY_HASHES_UNTIL is empty: such hashes are accepted without an end.'
        : `The service accepts such hashes until the end of ${until} (UTC). Who has one then resets the password.`;
    if (hashes.length === 0) return { json: body, lines: ['No password has the hash of another system.'] };
    const rows = hashes.map(({ scheme, users }) => [scheme, users.toLocaleString('en-US')]);
    return { json: body, lines: [...table(['scheme', 'users'], rows), '', end] };
  },
};
