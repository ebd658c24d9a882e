import type { ServiceResponse } from './service.ts';
import { sql } from './database.ts';

/** A stored event. */
export type StoredEvent = Record<string, unknown> & { type: unknown };

/** The stored events, the oldest first, without those of the preparation if `forgetEvents` was called after it. */
export async function storedEvents(): Promise<StoredEvent[]> {
  return (await sql('SELECT * FROM events ORDER BY id')).map((row) => ({ ...row, type: row['type'] }));
}

export const storedTypes = async () => (await storedEvents()).map(({ type }) => type);

export const forgetEvents = () => sql('DELETE FROM events');

/** The events and the cursor of a page. */
export function pageOf({ body }: ServiceResponse): { events: Record<string, unknown>[]; next: string | null } {
  const { data, next } = body;
  if (!Array.isArray(data)) throw new TypeError(`no page of events: ${String(body['code'])}`);
  return { events: data.map(fieldsOf), next: typeof next === 'string' ? next : null };
}

/** The fields of an object in JSON. */
export const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};
