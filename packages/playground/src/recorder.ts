import type { Exchange } from './exchange.ts';

/** A `fetch` that reports each request twice: when it is sent, and when there is an answer or none will come. */
export function createRecorder(report: (exchange: Exchange) => void): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const { method, url, headers } = request;
    const exchange: Exchange = { method, url, headers: [...headers], body: await request.clone().text() };
    report(exchange);
    try {
      const { response, ...answer } = await send(request);
      exchange.outcome = answer;
      return response;
    } catch (error) {
      exchange.outcome = { failure: failureOf(error) };
      throw error;
    } finally {
      report(exchange);
    }
  };
}

async function send(request: Request) {
  const start = performance.now();
  const response = await fetch(request);
  const milliseconds = Math.round(performance.now() - start);
  return { response, status: response.status, body: await response.clone().text(), milliseconds };
}

function failureOf(error: unknown): string {
  const isLate = error instanceof DOMException && error.name === 'TimeoutError';
  return isLate ? 'There was no answer in time.' : 'There was no answer. Is the service still running?';
}
