// Serves by-keys.ts on Node: ISSUER=… AUDIENCE=… JWKS_URL=… node on-node.ts
import { serve } from '@hono/node-server';
import app from './by-keys.ts';

serve({ fetch: app.fetch, hostname: 'localhost', port: Number(process.env['PORT'] ?? 8790) });
