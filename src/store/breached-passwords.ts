import { messageOf, StorageFailure } from '../errors.ts';
import { within } from './deadline.ts';

/** How long a range is good for: breaches are published every few weeks. */
const CACHED_SECONDS = 86_400;

/** The rest of a SHA-1 and how often it was seen: `00D4F6E8FA6EECAD2A3AA415EEC418D38EC:2`. Never is what padding says. */
const LINE = /^([0-9A-F]{35}):(\d+)$/;

/** A range has about a thousand lines. */
const MAX_LENGTH = 1_000_000;

export type BreachedPasswords = ReturnType<typeof createBreachedPasswords>;

/**
 * Passwords that are known from breaches, asked for by the first digits of their SHA-1 (k-anonymity): the range API of Have I
 * Been Pwned, or a mirror of it at `url`. Answers are kept for a day at the edge; one is waited for `deadlineMs`.
 */
export function createBreachedPasswords(url: string, { deadlineMs }: { deadlineMs: number }) {
  async function ask(address: string): Promise<string> {
    const headers = { 'Add-Padding': 'true', 'User-Agent': 'latchkey' };
    const answer = await fetch(address, { headers, redirect: 'manual', signal: AbortSignal.timeout(deadlineMs) });
    if (!answer.ok) {
      await answer.body?.cancel();
      throw new Error(`status ${answer.status}`);
    }
    const range = await readRange(answer);
    const lines = linesOf(range);
    if (lines.length === 0 || !lines.every((line) => LINE.test(line))) throw new Error('an answer that is no range');
    return range;
  }

  /** The range at `address`, the one that is kept if there is one. A failing cache counts as a miss. */
  async function find(address: string): Promise<string> {
    const cache = await caches.open('breached-passwords').catch(() => undefined);
    const kept = await cache?.match(address).catch(() => undefined);
    if (kept !== undefined) return kept.text();
    const range = await ask(address);
    const headers = { 'Cache-Control': `max-age=${CACHED_SECONDS}` };
    await cache?.put(address, new Response(range, { headers })).catch(() => undefined);
    return range;
  }

  return {
    /**
     * What the SHA-1 of breached passwords go on with after `prefix`, five hex digits in upper case: the other 35 of each.
     * Rejects with `StorageFailure`.
     */
    async findSuffixes(prefix: string): Promise<string[]> {
      try {
        const range = await within(deadlineMs, find(`${url}${prefix}`));
        return linesOf(range).flatMap((line) => {
          const [, suffix, count] = LINE.exec(line) ?? [];
          return suffix === undefined || Number(count) === 0 ? [] : [suffix];
        });
      } catch (cause) {
        throw new StorageFailure('breach check', cause, messageOf(cause).replaceAll(prefix, '…'));
      }
    },
  };
}

const linesOf = (range: string) => range.split(/\r?\n/).filter((line) => line !== '');

/** No more of the answer than a range can have: who leaves this loop has ended the stream. */
async function readRange({ body }: Response): Promise<string> {
  let text = '';
  for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    if (text.length > MAX_LENGTH) throw new Error('an answer without end');
  }
  return text;
}
