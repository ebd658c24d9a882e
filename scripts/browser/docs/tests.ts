import type { BrowserTest } from '../test-case.ts';
import { accessible } from './accessible.ts';
import { anchors } from './anchors.ts';
import { fits } from './fits.ts';
import { loads } from './loads.ts';

/** The tests of the reference. */
export const docsTests: BrowserTest[] = [loads, fits, anchors, accessible];
