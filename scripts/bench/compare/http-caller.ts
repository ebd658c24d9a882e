import { Agent, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';

/** A request to a Worker, and the status that it must get. */
export type Call = {
  method: 'GET' | 'POST';
  path: string;
  headers?: Record<string, string>;
  body?: string;
  expected: number;
};

export type Answer = { status: number; headers: NodeJS.Dict<string | string[]>; body: string };

export type Caller = { send: (call: Call) => Promise<Answer>; close: () => void };

/** A caller of the Worker at `url` that keeps up to `connections` connections open. */
export function createCaller(url: string, connections: number): Caller {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const { hostname: host, port } = new URL(url);
  const send = async ({ method, path, headers, body }: Call) => {
    const length = body === undefined ? {} : { 'Content-Length': new TextEncoder().encode(body).length };
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const sent = request({ host, port, method, path, agent, headers: { ...headers, ...length } }, resolve);
      sent.on('error', reject);
      sent.end(body);
    });
    return { status: response.statusCode ?? 0, headers: response.headers, body: await text(response) };
  };
  return { send, close: () => agent.destroy() };
}
