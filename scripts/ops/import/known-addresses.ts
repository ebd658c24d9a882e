import { parseEmail } from '../../../src/domain/account/email.ts';
import { copyOf } from './copy-of.ts';
import type { Row } from './read-users.ts';

/**
 * Makes a fault of each row with an address that an earlier one has, whatever its spelling. It holds every address, which
 * takes about 180 MB for a million.
 */
export function findsRepeated(): (row: Row) => Row {
  const places = new Map<string, string>();
  return (row) => {
    if ('fault' in row) return row;
    const { email } = row.user.line;
    // What is no address is refused by the service.
    const address = typeof email === 'string' ? parseEmail(email) : undefined;
    if (address === undefined) return row;
    const first = places.get(address);
    if (first !== undefined) return { place: row.place, fault: `This has the same address as ${first}.` };
    places.set(copyOf(address), row.place);
    return row;
  };
}
