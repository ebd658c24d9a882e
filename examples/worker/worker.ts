import { type Context, Hono } from 'hono';
import { requireCaller, requireRole, requireUser } from 'latchkey-client/hono';
import { createVerifier, type VerifierBinding } from 'latchkey-client/verify';

type AppEnv = { Bindings: { LATCHKEY: VerifierBinding } };

const verifierOf = (c: Context<AppEnv>) => createVerifier({ service: c.env.LATCHKEY });

const app = new Hono<AppEnv>();

app.get('/me', requireUser(verifierOf), (c) => c.json({ user_id: c.var.user.sub }));

app.get('/drafts', requireUser(verifierOf), requireRole('editor'), (c) => c.json({ drafts: [] }));

// For people, and for programs that have the scope, also with an API key.
app.get('/reports', requireCaller(verifierOf, 'api'), (c) => c.json({ kind: c.var.caller.kind, id: c.var.caller.sub }));

export default app;
