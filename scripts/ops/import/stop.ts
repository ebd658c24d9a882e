/**
 * Listens for Ctrl-C. The first one asks to stop after what is under way, and a second one ends the process at once.
 */
export function startStop(source: NodeJS.EventEmitter = process) {
  const controller = new AbortController();
  const stop = () => {
    console.error('Stopping after this chunk …');
    controller.abort();
  };
  source.once('SIGINT', stop);
  return { signal: controller.signal, end: () => void source.off('SIGINT', stop) };
}
