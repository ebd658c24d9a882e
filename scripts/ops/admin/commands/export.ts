import { existsSync } from 'node:fs';
import { link, open, rm } from 'node:fs/promises';
import { Failure, UsageError } from '../../../command.ts';
import type { Admin } from '../client.ts';
import { count } from '../table.ts';
import type { OperatorCommand } from '../operator-command.ts';

/** As many come in one response at most. */
const PAGE = 500;

export const exportUsers: OperatorCommand = {
  usage: { takes: 'FILE', does: 'writes all users with their hashes to a new file, which npm run import reads' },
  arity: [1, 1],
  prepare: ({ args: [file = ''] }) => {
    if (file === '') throw new UsageError('Name the file.');
    return async (admin) => {
      if (existsSync(file)) throw new Failure(`${file} exists. Nothing was written.`);
      const users = await write(admin, file);
      const words = `Wrote ${count(users, 'user')} to ${file}. Whoever reads it can try to guess passwords: keep it safe.`;
      return { json: { users }, lines: [words] };
    };
  },
};

/** Writes the users to `file`, which appears when all are in it. Returns how many there are. */
async function write(admin: Admin, file: string): Promise<number> {
  const part = `${file}.part`;
  const handle = await open(part, 'wx', 0o600).catch((error: unknown) => {
    throw isThere(error) ? new Failure(leftOver(part)) : error;
  });
  try {
    let users = 0;
    let after: string | undefined;
    do {
      const { data, next } = await admin.exportUsers({ limit: String(PAGE), after });
      await handle.appendFile(data.map((line) => `${JSON.stringify(line)}\n`).join(''));
      users += data.length;
      after = data.length === 0 ? undefined : (next ?? undefined);
    } while (after !== undefined);
    await handle.sync();
    // Unlike a move, this never replaces a file.
    await link(part, file);
    return users;
  } finally {
    await handle.close();
    await rm(part, { force: true });
  }
}

const isThere = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'EEXIST';

const leftOver = (part: string) =>
  `${part} is there from an export that was broken off, or that still runs. Delete it, and try again.`;
