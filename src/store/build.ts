import { drizzle } from 'drizzle-orm/sqlite-proxy';

const refuse = () => Promise.reject(new TypeError('only a database runs a statement'));

/**
 * Builds statements for either driver. It has no connection and belongs to no request: awaiting a statement rejects.
 */
export const build = drizzle(refuse, refuse, { casing: 'snake_case' });
