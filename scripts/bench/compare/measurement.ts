import type { Task } from './tasks.ts';
import type { Contestant } from './contestants.ts';
import type { Settings } from './settings.ts';

/** Who is measured at which tasks, and for how long. `tell` hears what is being measured. */
export type Measurement = {
  contestants: Contestant[];
  tasks: Task[];
  settings: Settings;
  tell: (progress: string) => void;
};
