import type { BrowserTest } from '../test-case.ts';
import { loads } from './loads.ts';

/** The tests of the reference. */
export const docsTests: BrowserTest[] = [loads];
