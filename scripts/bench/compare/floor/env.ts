import type { Hono } from 'hono';
import type { FloorStatements } from './statements.ts';

/** What the floor is bound to. All but the last two are the service's. */
export type FloorEnv = {
  DB: D1Database;
  DENYLIST: KVNamespace;
  ISSUER: string;
  AUDIENCE: string;
  SECRET_KEY: string;
  SIGNING_KEYS: string;
  /** Of the KDF. */
  ITERATIONS: number;
  STATEMENTS: FloorStatements;
};

export type Floor = Hono<{ Bindings: FloorEnv }>;
