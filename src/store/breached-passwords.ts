import { messageOf, StorageFailure } from '../errors.ts';
import { within } from './deadline.ts';

/** How long a range is cached. New breaches are published every few weeks. */
const CACHED_SECONDS = 86_400;

/** The rest of a SHA-1 and how often it was seen: `00D4F6E8FA6EECAD2A3AA415EEC418D38EC:2`. Padding has the count 0. */
const LINE = /^([0-9A-F]{35}):(\d+)$/;

/** In characters. A range has about a thousand lines. */
const MAX_LENGTH = 1_000_000;

export type BreachedPasswords = ReturnType<typeof createBreachedPasswords>;

/**
 * Passwords known from breaches: the range API of Have I Been Pwned, or a mirror of it at `url`. It learns the first
 * five digits of a SHA-1 only (k-anonymity). Ranges are cached for a day at the edge. It has `deadlineMs` to respond.
 */
export function createBreachedPasswords(url: string, { deadlineMs }: { deadlineMs: number }) {
  async function fetchRange(address: string): Promise<string> {
    const headers = { 'Add-Padding': 'true', 'User-Agent': 'latchkey' };
    const response = await fetch(address, { headers, redirect: 'manual', signal: AbortSignal.timeout(deadlineMs) });
    if (!response.ok) {
      await response.body?.cancel();
      throw new Error(`status ${response.status}`);
    }
    const range = await readRange(response);
    const lines = linesOf(range);
    if (lines.length === 0 || !lines.every((line) => LINE.test(line))) throw new Error('the response is not a range');
    return range;
  }

  /** The range at `address`, from the cache if possible. A failing cache counts as a miss. */
  async function find(address: string): Promise<string> {
    const cache = await caches.open('breached-passwords').catch(() => undefined);
    const cached = await cache?.match(address).catch(() => undefined);
    if (cached !== undefined) return cached.text();
    const range = await fetchRange(address);
    const headers = { 'Cache-Control': `max-age=${CACHED_SECONDS}` };
    await cache?.put(address, new Response(range, { headers })).catch(() => undefined);
    return range;
  }

  return {
    /**
     * The SHA-1 digests of breached passwords that begin with `prefix`, five hex digits in upper case: the other 35
     * digits of each. Rejects with `StorageFailure`.
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

/** The body of the response, if it is not longer than a range can be. Leaving the loop cancels the stream. */
async function readRange({ body }: Response): Promise<string> {
  let text = '';
  for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    if (text.length > MAX_LENGTH) throw new Error('the response is too long');
  }
  return text;
}
