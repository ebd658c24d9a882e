import assert from 'node:assert/strict';
import type { BrowserTest } from '../test-case.ts';
import { HOSTILE, registerAdmin, registerElsewhere, see } from './admin-scene.ts';
import { changeUser } from '../../harness/operator.ts';
import { press, withPlayground } from './scene.ts';

export const listsEvents: BrowserTest = {
  title: 'the playground lists the events of all users and of one, and shows what others have chosen as text',
  run: ({ url, ...surroundings }) =>
    withPlayground({ ...surroundings, url }, async (page) => {
      await registerAdmin(page, url);
      const email = await registerElsewhere(url);
      const events = page.locator('#events li');
      await press(page, 'Newest events');
      await see(page, 'Shown:');
      await events.filter({ hasText: 'user_registered' }).first().getByRole('button').click();
      await page.locator('#subject-title:focus', { hasText: email }).waitFor();
      for (const role of 'abcdefghij') await changeUser(url, email, { roles: [role] });
      await press(page, 'List events');
      await see(page, 'Shown: 10. There are more.');
      assert.match(await events.first().innerText(), /^roles_changed\n.*, by operator\n/);
      await press(page, 'Older events');
      await see(page, /^Shown: 1\d\.$/);
      await page.locator('#events-title:focus').waitFor();
      const words = (await events.allInnerTexts()).join('\n');
      assert.match(words, /user_registered\n.*, by user\n/);
      assert.ok(words.includes(HOSTILE));
      assert.equal(await page.locator('#administration :is(img, b)').count(), 0);
      assert.equal(await page.title(), 'Latchkey playground');
    }),
};
