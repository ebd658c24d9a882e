import { showExchange } from './log.ts';
import { createRecorder } from './recorder.ts';

/** The `fetch` of this page: the log shows each request. */
export const send = createRecorder(showExchange);
