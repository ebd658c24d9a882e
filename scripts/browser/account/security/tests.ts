import type { BrowserTest } from '../../test-case.ts';
import { storyOnD1, storyOnLibsql } from './story.ts';

/** The tests of the page on which people care for their second factors. */
export const securityTests: BrowserTest[] = [storyOnD1, storyOnLibsql];
