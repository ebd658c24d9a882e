import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { BrowserTest } from '../../test-case.ts';
import { PASSWORD, press, see, seeProblem } from '../scene.ts';
import { seeHome, seeTitle, setUpPasskey, typePassword, withAccount } from './scene.ts';

export const showsCodes: BrowserTest = {
  title: 'the page copies, downloads and prints the recovery codes of second factors, and warns whoever leaves before',
  run: (surroundings) =>
    withAccount(surroundings, async ({ page, email }) => {
      await typePassword(page, email, PASSWORD);
      await setUpPasskey(page, 'My phone');
      await seeTitle(page, 'Keep your recovery codes');
      const codes = (await page.locator('#codes li').allTextContents()).join('\n');

      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await press(page, 'Copy');
      await see(page, 'Copied.');
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), codes);

      const [file] = await Promise.all([page.waitForEvent('download'), press(page, 'Download')]);
      assert.equal(file.suggestedFilename(), 'recovery-codes.txt');
      assert.equal(readFileSync(await file.path(), 'utf8'), `${new URL(surroundings.url).host}\n\n${codes}\n`);

      await page.evaluate(() => (globalThis.print = () => void (document.body.dataset['printed'] = 'yes')));
      await press(page, 'Print');
      await page.locator('body[data-printed=yes]').waitFor();
      await page.emulateMedia({ media: 'print' });
      assert.equal(await page.locator('button:visible').count(), 0);
      assert.equal(await page.locator('#codes li:visible').count(), 10);
      await page.emulateMedia({ media: 'screen' });

      const [question] = await Promise.all([
        page.waitForEvent('dialog'),
        page.evaluate(() => void setTimeout(() => location.reload())),
      ]);
      assert.equal(question.type(), 'beforeunload');
      await question.dismiss();
      await press(page, 'Continue');
      await seeProblem(page, 'kept', 'Tick this box first.');
      await page.getByLabel('I have kept them').check();
      await press(page, 'Continue');
      await seeHome(page);
      assert.equal((await page.content()).includes(codes.slice(0, 19)), false);
    }),
};
