import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { requireCaller, requireRole, requireUser } from 'latchkey-client/hono';
import { createVerifier } from 'latchkey-client/verify';

const { ISSUER = 'http://localhost:8787', AUDIENCE = 'latchkey', PORT = '3002' } = process.env;
const verifier = createVerifier({ issuer: ISSUER, audience: AUDIENCE });

const app = new Hono();

app.get('/me', requireUser(verifier), (c) => c.json({ user_id: c.var.user.sub }));

app.get('/drafts', requireUser(verifier), requireRole('editor'), (c) => c.json({ drafts: [] }));

// For people, and for programs that have the scope.
app.get('/reports', requireCaller(verifier, 'api'), (c) => c.json({ kind: c.var.caller.kind, id: c.var.caller.sub }));

serve({ fetch: app.fetch, hostname: 'localhost', port: Number(PORT) }, () =>
  console.log(`Ready on http://localhost:${PORT}`),
);
