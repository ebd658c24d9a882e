import { type Context, Hono } from 'hono';
import { requireRole, requireUser } from 'latchkey-client/hono';
import { createVerifier, type VerifierBinding } from 'latchkey-client/verify';

type AppEnv = { Bindings: { LATCHKEY: VerifierBinding } };

const verifierOf = (c: Context<AppEnv>) => createVerifier({ service: c.env.LATCHKEY });

const app = new Hono<AppEnv>();

app.get('/me', requireUser(verifierOf), (c) => c.json({ user_id: c.var.user.sub }));

app.get('/drafts', requireUser(verifierOf), requireRole('editor'), (c) => c.json({ drafts: [] }));

export default app;
