import { showEnrolment, showFactorsPart } from './factors.ts';
import { findChallenge } from './find-challenge.ts';
import { showSecondStep } from './second-step.ts';

/**
 * Does `work`, which logs in or registers, and returns `done`. Leads on to what is missing where the service wants a
 * second factor first, and says so.
 */
export async function goIn(work: () => Promise<void>, done: string): Promise<string> {
  showSecondStep(undefined);
  showFactorsPart(undefined);
  const challenge = await findChallenge(work);
  if (challenge === undefined) return done;
  if (challenge.kind === 'use') showSecondStep(challenge);
  else showEnrolment(challenge);
  return challenge.message;
}
