import type { Case } from './cases.ts';
import type { Contestant } from './contestants.ts';
import type { Settings } from './settings.ts';

/** Who is measured at what, and for how long. `tell` hears what is being measured. */
export type Measurement = {
  contestants: Contestant[];
  cases: Case[];
  settings: Settings;
  tell: (progress: string) => void;
};
