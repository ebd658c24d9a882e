import { LatchkeyError } from 'latchkey-client';
import { find, make } from './dom.ts';
import { ProgramRefused } from './program-refused.ts';

/** What the service has refused, to the client or to a program. */
export type Refused = LatchkeyError | ProgramRefused;

const outputOf = (name: string) => find(`${name}-result`, HTMLOutputElement);

/** Where each part of the page says what came of an action. Screen readers read it out. */
export const outputs = {
  account: outputOf('account'),
  administration: outputOf('administration'),
  clients: outputOf('clients'),
  token: outputOf('token'),
  factors: outputOf('factors'),
  keys: outputOf('keys'),
  machine: outputOf('machine'),
  sessions: outputOf('sessions'),
  store: outputOf('store'),
  mails: outputOf('mails'),
  log: outputOf('log'),
};

/** What to do, where the message cannot know. */
const advice: Partial<Record<string, string>> = {
  admin_required:
    'Run `npm run user -- admin EMAIL on`. Then log in again, or press "Who am I?": the client refreshes the token.',
  last_factor: 'SECOND_FACTOR wants one of this account.',
};

const busy = new Set<HTMLOutputElement>();

let follow: (output: HTMLOutputElement) => void = () => {};

/** Calls `listener` after each refusal of an action, with the output that shows it. There is one listener. */
export const onRefusal = (listener: typeof follow) => void (follow = listener);

/** Whether an action of this page is under way. */
export const isBusy = () => busy.size > 0;

/**
 * Does `work`, and shows in `output` what it returns, or the code and the message of its refusal. Clears the other
 * outputs. Does nothing while `output` waits for earlier work. Returns the refusal.
 */
export async function act(output: HTMLOutputElement, work: () => Promise<string>): Promise<Refused | undefined> {
  if (busy.has(output)) return undefined;
  busy.add(output);
  clearOthers(output);
  say(output, 'Asking…');
  try {
    say(output, await work());
    return undefined;
  } catch (error) {
    const refusal = refuse(output, error);
    follow(output);
    return refusal;
  } finally {
    busy.delete(output);
  }
}

/** Clears the outputs that wait for nothing, except `output`: what they say may no longer be true. */
export function clearOthers(output: HTMLOutputElement): void {
  for (const other of Object.values(outputs)) if (other !== output && !busy.has(other)) say(other, '');
}

/** Shows `text` in `output`. */
export function say(output: HTMLOutputElement, text: string): void {
  output.classList.remove('refused');
  output.textContent = text;
}

/** Shows the code and the message of `error` in `output`. Throws it if it is another error. */
export function refuse(output: HTMLOutputElement, error: unknown): Refused {
  if (!(error instanceof LatchkeyError || error instanceof ProgramRefused)) throw error;
  const { code, retryAfterSeconds } = error;
  const message = [error.message, advice[code]].filter((words) => words !== undefined).join(' ');
  const wait = retryAfterSeconds === undefined ? '' : ` Try again in ${retryAfterSeconds} s.`;
  output.classList.add('refused');
  output.replaceChildren(make('code', '', code), ` ${message}${wait}`);
  return error;
}
