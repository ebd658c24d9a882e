import assert from 'node:assert/strict';
import type { BrowserTest } from '../test-case.ts';
import { press, register, seeForm, seeResult, withPlayground } from './scene.ts';

export const offline: BrowserTest = {
  title: 'the playground says so when the service is gone, and goes on when it is back',
  run: (surroundings) =>
    withPlayground(
      surroundings,
      async (page) => {
        await register(page);
        await page.context().setOffline(true);
        await press(page, 'Who am I?');
        await seeResult(page, 'account', 'unreachable');
        await page.context().setOffline(false);
        await press(page, 'Who am I?');
        await seeResult(page, 'account', 'says now');
      },
      { mayReport: /ERR_INTERNET_DISCONNECTED|^failed: / },
    ),
};

export const noStorage: BrowserTest = {
  title: 'the playground works in a browser without localStorage, and says what does not',
  run: (surroundings) =>
    withPlayground(surroundings, async (page) => {
      await page.addInitScript(() => {
        Object.defineProperty(window, 'localStorage', {
          get: () => {
            throw new DOMException('The operation is insecure.', 'SecurityError');
          },
        });
      });
      await page.reload();
      await seeForm(page);
      await page.getByLabel('localStorage').click();
      await seeResult(page, 'store', 'store_failed');
      assert.equal(await page.getByLabel('Memory').isChecked(), true);
      await register(page);
    }),
};
