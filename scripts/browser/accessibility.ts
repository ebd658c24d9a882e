import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

/** WCAG 2.2, levels A and AA, and what axe recommends beyond. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * What keeps people from reading or using the page: a line for each rule and element. A contrast that axe cannot compute
 * counts too. axe runs beside the page, whose policy does not concern it.
 */
export async function findBarriers(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const options = { runOnly: TAGS, resultTypes: ['violations', 'incomplete'] };
  const { violations, incomplete, passes } = await page.evaluate<AxeResults>(
    `axe.run(document, ${JSON.stringify(options)})`,
  );
  const isChecked = passes.some(({ id }) => id === 'color-contrast');
  const unsure = incomplete.filter(({ id }) => id === 'color-contrast');
  const found = [...violations, ...unsure].flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
  );
  return isChecked ? found : ['color-contrast: nothing was checked', ...found];
}
