import type { Event } from './shapes.ts';
import { moment, startTable } from './table.ts';

/** Makes the lines of events for people. The table may go on, with the same columns. */
export function startEventTable() {
  const table = startTable(['id', 'time', 'event', 'user', 'by', 'network', 'details']);
  return (events: Event[]) => (events.length === 0 ? [] : table(events.map(cellsOf)));
}

const cellsOf = (event: Event) => [
  event.id,
  moment(event.at),
  event.type,
  event.user_id ?? '',
  event.actor,
  [event.address_prefix, event.country].filter((part) => part !== null).join(' '),
  detailsOf(event),
];

/** What is long or often missing. The user agent, which may be any text, comes last. */
function detailsOf({ data, session_id: session, request_id: request, user_agent: agent }: Event): string {
  const named = { ...data, session, request };
  const pairs = Object.entries(named).flatMap(([name, value]) =>
    value === null || value === undefined
      ? []
      : [`${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`],
  );
  return [...pairs, ...(agent === null ? [] : [JSON.stringify(agent)])].join(' ');
}
