import type { Hono } from 'hono';
import type { JWK } from 'jose';
import type { FloorStatements } from './statements.ts';

/** What the floor is bound to. Its last three are not the service's own variables. */
export type FloorEnv = {
  DB: D1Database;
  DENYLIST: KVNamespace;
  ISSUER: string;
  AUDIENCE: string;
  SECRET_KEY: string;
  /** The private key that signs, ES256. */
  SIGNING_KEY: JWK & { kid: string };
  /** Of the KDF. */
  ITERATIONS: number;
  STATEMENTS: FloorStatements;
};

export type Floor = Hono<{ Bindings: FloorEnv }>;
