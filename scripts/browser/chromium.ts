import { type Browser, chromium } from 'playwright-core';

/**
 * Without a sandbox, because root and containers have none to offer: the pages are our own. The other flags keep
 * Chromium from calling anybody on its own account.
 */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the Chromium at the path `program`. */
export async function launchChromium(program: string): Promise<Browser> {
  return chromium.launch({ executablePath: program, args: FLAGS });
}
