import { z } from 'zod';
import { type Asked, refuse, standIn, succeed } from '../admin/stand-in.ts';

type Replies = Parameters<typeof standIn>[0];
type Reply = ReturnType<Replies[string]>;

const sent = z.looseObject({ email: z.string(), password_hash: z.string().nullable() });

/** The lines of a request, as far as the tests look at them. */
export const linesOf = ({ lines }: Asked) => lines.map((line) => sent.parse(line));

/**
 * A service that keeps users by their addresses. It refuses addresses without a domain, and hashes of argon2. `fail` may
 * give another answer to a request, by its number from 1 on.
 */
export async function importService(fail: (number: number) => Reply | undefined = () => undefined) {
  const users = new Map<string, string>();
  let number = 0;
  const service = await standIn({
    'POST /admin/import': (asked) => {
      number += 1;
      const failure = fail(number);
      if (failure !== undefined) return failure;
      const isDry = asked.query['dry_run'] === 'true';
      const data = linesOf(asked).map(({ email, password_hash: hash }, index) => {
        const answer = { line: index + 1, user_id: null, errors: [] };
        const refused = (path: string, message: string) => ({
          ...answer,
          outcome: 'refused',
          errors: [{ path, message }],
        });
        if (!email.includes('.')) return refused('email', 'Must be an address.');
        if (hash?.startsWith('$argon2') === true) return refused('password_hash', 'Nobody can verify this.');
        const known = users.get(email);
        const id = known ?? `id-${users.size}`;
        if (!isDry) users.set(email, id);
        return { ...answer, outcome: known === undefined ? 'imported' : 'unchanged', user_id: isDry ? null : id };
      });
      const taken = data.filter(({ outcome }) => outcome !== 'refused').length;
      const schemes = taken === 0 ? [] : [{ scheme: 'bcrypt', parameters: 'cost 13', users: taken, cpu_ms: 525 }];
      return succeed({ message: 'Users imported.', data, schemes });
    },
  });
  return { ...service, users };
}

export const down = refuse(503, 'storage_unavailable', 'The storage does not answer.');
