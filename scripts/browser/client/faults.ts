import type { BrowserContext, Route } from 'playwright-core';

/** What happens to a request on its way to Latchkey. */
export type Fault = (route: Route) => Promise<void>;

/** The service gets the request, and its response is lost. */
export const lose: Fault = async (route) => {
  await route.fetch();
  await route.abort('connectionreset');
};

/** A refusal in the form of Latchkey. Pages of other origins may read it, as they may read those of Latchkey. */
export function refuse(status: number, code: string, retryAfterSeconds: number): Fault {
  return (route) =>
    route.fulfill({
      status,
      json: { status: 'fail', code, message: 'No.', request_id: 'none' },
      headers: {
        'Access-Control-Allow-Origin': '*',
        'Access-Control-Expose-Headers': 'Retry-After',
        'Retry-After': String(retryAfterSeconds),
      },
    });
}

/** Lets the next requests for `path`, from any tab, meet these faults, one each. Later ones go through. */
export async function meet(context: BrowserContext, path: string, ...faults: Fault[]): Promise<void> {
  const left = [...faults];
  await context.route(
    (url) => url.pathname === path,
    async (route) => {
      const fault = left.shift();
      await (fault === undefined ? route.fallback() : fault(route));
    },
  );
}
