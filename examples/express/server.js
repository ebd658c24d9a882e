import express from 'express';
import { requireCaller, requireRole, requireUser } from 'latchkey-client/express';
import { createVerifier } from 'latchkey-client/verify';

const { ISSUER = 'http://localhost:8787', AUDIENCE = 'latchkey', PORT = '3001' } = process.env;
const verifier = createVerifier({ issuer: ISSUER, audience: AUDIENCE });

const app = express();

app.get('/me', requireUser(verifier), (req, res) => {
  res.json({ user_id: req.user?.sub });
});

app.get('/drafts', requireUser(verifier), requireRole('editor'), (_req, res) => {
  res.json({ drafts: [] });
});

// For people, and for programs that have the scope.
app.get('/reports', requireCaller(verifier, 'api'), (req, res) => {
  res.json({ kind: req.caller?.kind, id: req.caller?.sub });
});

app.listen(Number(PORT), 'localhost', () => console.log(`Ready on http://localhost:${PORT}`));
