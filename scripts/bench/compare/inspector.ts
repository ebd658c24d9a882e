import { once } from 'node:events';
import { z } from 'zod';

const answer = z.object({ id: z.number(), result: z.unknown().optional(), error: z.unknown().optional() });

const targets = z.array(z.object({ id: z.string(), webSocketDebuggerUrl: z.string() }));

/** A connection to the inspector of one isolate, in the protocol of Chrome's DevTools. */
export type Inspector = {
  /** Calls `method`, and resolves with its result. */
  call: (method: string, params?: Record<string, unknown>) => Promise<unknown>;
  close: () => void;
};

/** Attaches to the isolate of the Worker `name` in the workerd whose inspector is at `url`. */
export async function attachInspector(url: string, name: string): Promise<Inspector> {
  const response = await fetch(new URL('/json', url.replace(/^ws/, 'http')));
  const target = targets.parse(await response.json()).find(({ id }) => id === `core:user:${name}`);
  if (target === undefined) throw new Error(`workerd has no isolate of ${name}`);
  const socket = new WebSocket(target.webSocketDebuggerUrl);
  await once(socket, 'open');
  const waiting = new Map<number, (result: unknown) => void>();
  socket.addEventListener('message', ({ data }) => {
    const parsed = answer.safeParse(JSON.parse(String(data)));
    // Anything else is an event.
    if (parsed.success) waiting.get(parsed.data.id)?.(parsed.data.error ?? parsed.data.result);
  });
  let last = 0;
  return {
    call: (method, params = {}) => {
      last += 1;
      const id = last;
      socket.send(JSON.stringify({ id, method, params }));
      return new Promise((resolve) => waiting.set(id, resolve));
    },
    close: () => socket.close(),
  };
}
