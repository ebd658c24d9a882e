import { randomUUID } from 'node:crypto';
import type { BrowserContext, Page } from 'playwright-core';
import { servePages } from './project.ts';
import type { Surroundings } from '../test-case.ts';

/** A visitor with tabs of their own: their browser keeps one login. */
export type Visit = {
  context: BrowserContext;
  /** What the pages have asked of Latchkey, such as `POST /auth/login`, in order. */
  requests: string[];
  count: (request: string) => number;
  /** Opens the example in a tab. */
  openExample: () => Promise<Page>;
  /** Opens the page with the client as a global in a tab. Its Latchkey is at `at`. */
  openProbe: (options?: { at?: string; store?: 'memory' }) => Promise<Page>;
};

/** Lets a visitor in, and closes their tabs in the end. */
export async function withVisit(surroundings: Surroundings, use: (visit: Visit) => Promise<void>): Promise<void> {
  const { browser, url } = surroundings;
  const origin = await servePages(surroundings);
  const context = await browser.newContext();
  const requests: string[] = [];
  context.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (request.resourceType() === 'fetch') requests.push(`${request.method()} ${pathname}`);
  });
  const open = async (page: string) => {
    const tab = await context.newPage();
    await tab.goto(origin + page);
    return tab;
  };
  try {
    await use({
      context,
      requests,
      count: (request) => requests.filter((made) => made === request).length,
      openExample: () => open('/'),
      openProbe: async ({ at = url, store } = {}) => {
        const query = new URLSearchParams({ url: at, ...(store && { store }) });
        const tab = await open(`/probe.html?${query.toString()}`);
        await tab.waitForFunction(() => 'latchkey' in globalThis);
        return tab;
      },
    });
  } finally {
    await context.close();
  }
}

/** Somebody who has no account yet. */
export const newUser = () => ({ email: `${randomUUID()}@example.org`, password: '123456' });
