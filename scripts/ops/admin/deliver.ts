import type { Delivery } from './shapes.ts';
import { moment } from './table.ts';

/** How the user gets a link to choose a password at `place`. Nobody else may have a link that is handed over. */
export function deliveryLines({ mailed, link, expires_on: end }: Delivery, address: string, place = ''): string[] {
  const once = `It works once, until ${moment(end)}`;
  if (mailed) return [`Mailed ${address} a link to choose a password${place}. ${once}.`];
  return [`Hand this link to whoever has ${address}, by a way that you trust. ${once}:`, '', `  ${link ?? ''}`];
}
