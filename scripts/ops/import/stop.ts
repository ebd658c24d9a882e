/**
 * Listens for Ctrl-C. The first one asks to stop after what is under way, and a second one ends the process at once.
 * `tell` says that it stops.
 */
export function startStop(tell: (words: string) => void, source: NodeJS.EventEmitter = process) {
  const controller = new AbortController();
  const stop = () => {
    tell('Stopping after this chunk …');
    controller.abort();
  };
  source.once('SIGINT', stop);
  return { signal: controller.signal, end: () => void source.off('SIGINT', stop) };
}
