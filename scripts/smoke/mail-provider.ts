import assert from 'node:assert/strict';
import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { SentMail } from './mailbox.ts';

const bodySchema = z.strictObject({
  id: z.uuid(),
  to: z.string(),
  from: z.string(),
  reply_to: z.null(),
  subject: z.string(),
  text: z.string(),
  html: z.string().startsWith('<!doctype html>'),
});

export type MailProvider = Awaited<ReturnType<typeof startMailProvider>>;

/**
 * Starts what `MAIL_TRANSPORT=webhook` posts to. It keeps mails with a right signature, and responds 500 to others. It
 * responds 503 to the first `refusals` of them.
 */
export async function startMailProvider({ refusals = 0 } = {}) {
  const key = randomBytes(32);
  const mails: (SentMail & { id: string })[] = [];
  const refused: string[] = [];
  const server = createServer((request, response) => {
    receive(request, key).then(
      (mail) => {
        const isRefused = refused.length < refusals;
        if (isRefused) refused.push(mail.id);
        else mails.push(mail);
        response.writeHead(isRefused ? 503 : 204).end();
      },
      (error: unknown) => {
        console.error(error);
        response.writeHead(500).end();
      },
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  return {
    mails,
    refused,
    vars: {
      MAIL_TRANSPORT: 'webhook',
      MAIL_FROM: 'Smoke <smoke@example.org>',
      MAIL_WEBHOOK_URL: `http://127.0.0.1:${address.port}/mails`,
      MAIL_WEBHOOK_SECRET: `whsec_${key.toString('base64')}`,
    },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The mail in a request, which must be signed as Standard Webhooks says. */
async function receive(request: IncomingMessage, key: Buffer) {
  const header = (name: string) => String(request.headers[name]);
  const [id, timestamp] = [header('webhook-id'), header('webhook-timestamp')];
  const body = await text(request);
  const mac = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  assert.equal(header('webhook-signature'), `v1,${mac}`);
  assert.ok(Math.abs(Date.now() / 1000 - Number(timestamp)) < 300, 'the signature is fresh');
  const mail = bodySchema.parse(JSON.parse(body));
  assert.deepEqual([mail.id, mail.from], [id, '"Smoke" <smoke@example.org>']);
  return mail;
}
