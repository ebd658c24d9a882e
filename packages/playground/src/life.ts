import { find } from './dom.ts';
import type { Part } from './jwt.ts';

let timer: number | undefined;

/** Shows how much of the life between `iat` and `exp` is left, by the clock of this device, from now on. */
export function showLife({ iat, exp }: Part): void {
  clearInterval(timer);
  if (typeof iat !== 'number' || typeof exp !== 'number') return;
  const tick = () => showSeconds(Math.ceil(exp - Date.now() / 1000), exp - iat);
  tick();
  timer = setInterval(tick, 1000);
}

function showSeconds(left: number, whole: number): void {
  const bar = find('life', HTMLProgressElement);
  bar.max = whole;
  bar.value = Math.min(Math.max(left, 0), whole);
  find('life-text', HTMLSpanElement).textContent =
    left > 0 ? `${left} of ${whole} s left` : 'Expired. The client gets another one for the next request.';
}
