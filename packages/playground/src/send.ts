import type { Exchange } from './exchange.ts';
import { showExchange } from './log.ts';
import { createRecorder } from './recorder.ts';

type Listener = (exchange: Exchange) => void;

const listeners = new Set<Listener>([showExchange]);

/** The `fetch` of this page: the log shows each request. */
export const send = createRecorder((exchange) => {
  for (const listener of listeners) listener(exchange);
});

/** Calls `listener` with each request, when it is sent and when it has an outcome. Returns a function that ends this. */
export function onExchange(listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
