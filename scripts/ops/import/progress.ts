import { grouped } from './tally.ts';

/** Where the progress is shown. */
type Terminal = { isTTY?: boolean; write: (text: string) => unknown };

const WIDTH = 30;
const PAUSE_MS = 100;

/** Shows how much of `total` bytes was read: as a bar on a terminal, and elsewhere as a line for each tenth. */
export function startProgress(terminal: Terminal = process.stderr) {
  let total = 0;
  let read = 0;
  let shown = 0;
  /** When the bar was drawn that stands there; 0 when none does. */
  let drawnAt = 0;
  const isBar = terminal.isTTY === true;

  const progress = {
    setTotal: (bytes: number) => void (total = bytes),
    onBytes: (bytes: number) => void (read += bytes),
    /** Shows that so many rows are done. A bar stays until it is cleared. */
    show(rows: number): void {
      if (total === 0) return;
      const percent = Math.min(100, Math.floor((read / total) * 100));
      if (isBar && Date.now() - drawnAt >= PAUSE_MS) {
        drawnAt = Date.now();
        terminal.write(
          `\r\u001b[K[${'#'.repeat((percent * WIDTH) / 100).padEnd(WIDTH, '.')}] ${percent} %, ${grouped(rows)} rows`,
        );
      }
      if (!isBar && percent >= shown + 10) {
        shown = percent - (percent % 10);
        console.error(`${shown} % read, ${grouped(rows)} rows done`);
      }
    },
    /** Takes the bar away, before something else is printed. */
    clear(): void {
      if (drawnAt !== 0) terminal.write('\r\u001b[K');
      drawnAt = 0;
    },
  };
  return progress;
}
