import { isOnThisMachine } from './target.ts';

/** ` at https://…`, for the sentence that says what was changed; nothing for a service on this machine. */
export const placeOf = ({ origin }: { origin: string }): string => (isOnThisMachine(origin) ? '' : ` at ${origin}`);
