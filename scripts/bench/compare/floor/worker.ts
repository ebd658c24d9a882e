// The floor: bare Hono that runs the statements and KV operations of the service as raw calls, and its cryptography,
// and nothing else. It checks nothing. No service on these statements can be faster.
import { Hono } from 'hono';
import { mountAccounts } from './accounts.ts';
import type { FloorEnv } from './env.ts';
import { mountSessions } from './sessions.ts';
import { splitPbkdf2 } from '../../../../src/crypto/pbkdf2.ts';

const app = new Hono<{ Bindings: FloorEnv }>();

app.get('/health', (c) => c.json({ status: 'success' }));

/** The KDF alone. */
app.post('/kdf', async (c) => {
  await splitPbkdf2(crypto.getRandomValues(new Uint8Array(16)), new Uint8Array(16), c.env.ITERATIONS);
  return c.json({ status: 'success' });
});

/** What a check of a token needs from storage, and nothing else. */
app.get('/kv', async (c) => {
  await c.env.DENYLIST.get(['sid:1', 'sub:1', 'old:1']);
  return c.body(null, 204);
});

mountAccounts(app);
mountSessions(app);

export default app;
