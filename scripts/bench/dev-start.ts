// npm run dev:time: measures how long npm run dev takes to start, beside wrangler dev.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Command, refuseArguments } from '../command.ts';
import { median } from './compare/statistics.ts';
import { findFreePort } from '../dev/ports.ts';
import { statusOf } from '../dev/status-of.ts';
import { type Started, startProcess, stopAll } from '../harness/process.ts';
import { startService } from '../harness/service.ts';
import { WRANGLER } from '../wrangler/cli.ts';

const ROUNDS = 7;
const FIRST_PORT = 19_787;

export const command: Command = {
  usage: `npm run dev:time

Starts \`wrangler dev\`, \`npm run dev\` on a database that is up to date, and \`npm run dev\` on an empty one, in
turns, ${ROUNDS} times. Prints the medians until the service is ready. Only the ratios mean anything, and only on a
quiet machine.`,

  run: async (args) => {
    refuseArguments(args);
    const state = mkdtempSync(join(tmpdir(), 'latchkey-start-'));
    try {
      await measure(state);
    } finally {
      await stopAll();
      rmSync(state, { recursive: true, force: true, maxRetries: 10 });
    }
  },
};

async function measure(state: string): Promise<void> {
  const used = join(state, 'used');
  await timeOf(() => startService({ state: used, isQuiet: true }));
  const [plain, second, first]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    plain.push(await timeOf(() => startWrangler(used)));
    second.push(await timeOf(() => startService({ state: used, isQuiet: true })));
    first.push(await timeOf(() => startService({ state: join(state, String(round)), isQuiet: true })));
  }
  for (const [name, times] of Object.entries({
    'wrangler dev': plain,
    'npm run dev, up to date': second,
    'npm run dev, empty': first,
  })) {
    const ratio = median(times) / median(plain);
    console.log(`${name.padEnd(24)} ${median(times).toFixed(0).padStart(6)} ms  ${ratio.toFixed(2)}`);
  }
}

async function startWrangler(state: string): Promise<Started> {
  const port = await findFreePort(FIRST_PORT);
  const url = `http://localhost:${port}`;
  const own = ['--port', String(port), '--persist-to', state, '--inspector-port', '0', '--var', `ISSUER:${url}`];
  return startProcess({
    command: process.execPath,
    args: [WRANGLER, 'dev', ...own],
    env: { WRANGLER_SEND_METRICS: 'false', CLOUDFLARE_DEV_REGISTRY_PATH: join(state, 'registry') },
    isQuiet: true,
    url,
    isUp: async () => (await statusOf(`${url}/ready`)) === 200,
  });
}

/** Milliseconds until what `start` starts is ready. Stops it then. */
async function timeOf(start: () => Promise<Started>): Promise<number> {
  const before = performance.now();
  const { stop } = await start();
  const time = performance.now() - before;
  await stop();
  return time;
}
