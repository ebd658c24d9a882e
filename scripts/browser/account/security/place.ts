import type { BrowserTest, Surroundings } from '../../test-case.ts';

/** A service on one of the databases, and the browser. */
export type Place = Pick<Surroundings, 'browser' | 'url' | 'output' | 'state'>;

/** The test `title` on D1, and again on libSQL. */
export function onBoth(title: string, run: (place: Place) => Promise<void>): BrowserTest[] {
  return [
    { title: `${title}, on D1`, run },
    {
      title: `${title}, on libSQL`,
      run: async ({ browser, state, onLibsql }) => {
        const { url, output } = await onLibsql();
        await run({ browser, state, url, output });
      },
    },
  ];
}
