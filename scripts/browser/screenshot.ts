// npm run screenshot: makes the picture of the playground that the README shows.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { type Command, Failure, refuseArguments } from '../command.ts';
import { stopAll } from '../harness/process.ts';
import { startService } from '../harness/service.ts';
import { findAll } from '../peers/programs.ts';
import { launchChromium } from './chromium.ts';
import { openPage } from './watched-page.ts';
import { enter, press, seeAccount, seeForm, seeResult } from './playground/scene.ts';

const FILE = 'docs/playground.png';

const EMAIL = 'joe@gmail.com';

export const command: Command = {
  usage: `npm run screenshot

Starts the service on a free port and an empty database, registers and logs in on the playground in Chromium, and writes
${FILE}. The account, its tokens and their key are thrown away.`,

  run: async (args) => {
    refuseArguments(args);
    const program = findAll('the screenshot', ['chromium']);
    if (program === undefined) throw new Failure('There is no screenshot without Chromium.');
    const state = mkdtempSync(join(tmpdir(), 'latchkey-screenshot-'));
    const browser = await launchChromium(program);
    try {
      const { url } = await startService({ state, isQuiet: true });
      await takeScreenshot(browser, url);
      console.log(`Wrote ${FILE}.`);
    } finally {
      await browser.close();
      await stopAll();
      rmSync(state, { recursive: true, force: true, maxRetries: 10 });
    }
  },
};

async function takeScreenshot(browser: Browser, url: string): Promise<void> {
  const userAgent = `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${browser.version()}`;
  const context = await browser.newContext({
    userAgent,
    locale: 'en-GB',
    timezoneId: 'UTC',
    colorScheme: 'light',
    viewport: { width: 1280, height: 1104 },
  });
  const { page } = await openPage(context, `${url}/`);
  await enter(page, 'Register', EMAIL);
  await seeAccount(page, EMAIL);
  await press(page, 'Here');
  await seeForm(page);
  await press(page, 'Clear');
  await enter(page, 'Log in', EMAIL);
  await seeAccount(page, EMAIL);
  await press(page, 'List my sessions');
  await seeResult(page, 'sessions', 'Live sessions: 1.');
  await press(page, 'Who am I?');
  await seeResult(page, 'account', 'says now');
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  await page.screenshot({ path: FILE });
}
