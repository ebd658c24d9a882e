import { describe, expect, it } from 'vitest';
import { waitUntilReady } from '../../../scripts/deploy/ready.ts';

/** Asks a service that gives `answers`, the last one forever. Returns what was asked for, and the pauses. */
async function ask(...answers: (number | Error)[]) {
  const asked: string[] = [];
  const pauses: number[] = [];
  const fetch = async (url: string | URL | Request) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)];
    asked.push(url instanceof Request ? url.url : String(url));
    if (answer instanceof Error) throw answer;
    return new Response(null, { status: answer ?? 500 });
  };
  const sleep = async (ms: number) => void pauses.push(ms);
  const failure = await waitUntilReady('https://auth.example.org', { fetch, sleep }).catch((error: unknown) => error);
  return { asked, pauses, message: failure instanceof Error ? failure.message : undefined };
}

describe('the wait for /ready', () => {
  it('ends with the first 200', async () => {
    expect(await ask(200)).toEqual({ asked: ['https://auth.example.org/ready'], pauses: [], message: undefined });
    const unresolved = new TypeError('fetch failed', { cause: Object.assign(new Error('no'), { code: 'ENOTFOUND' }) });
    const { pauses, message } = await ask(unresolved, 404, 503, 200);
    expect({ pauses, message }).toEqual({ pauses: [5000, 5000, 5000], message: undefined });
  });

  it.each([
    [503, 'responded 503.'],
    [301, 'responded 301.'],
    [
      new TypeError('fetch failed', { cause: Object.assign(new Error('no'), { code: 'ENOTFOUND' }) }),
      'did not respond (ENOTFOUND).',
    ],
    [new Error('timeout'), 'did not respond.'],
  ])('ends after two minutes with what it last got: %s', async (answer, words) => {
    const { pauses, message } = await ask(answer);
    expect(pauses.reduce((sum, ms) => sum + ms, 0)).toBe(115_000);
    expect(message).toContain(`https://auth.example.org/ready ${words}\nThe code is deployed.`);
  });
});
