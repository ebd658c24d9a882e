import { describe, expect, it } from 'vitest';
import checklist from '../asvs.md?raw';

const tests = import.meta.glob<string>('/test/**/*.test.ts', { query: '?raw', import: 'default', eager: true });

/** The requirements of levels 1 and 2 in each chapter, as the standard counts them. */
const counts = { 2: 11, 6: 35, 7: 18, 8: 7, 9: 7, 10: 29, 11: 14, 13: 13, 16: 16 };

const requirements = Array.from(
  checklist.matchAll(/^- \*\*((\d+)\.\d+\.\d+)\*\* \(level ([1-3])\) .+\n((?: {2}.+\n)+)/gm),
  ([, id = '', chapter = '', level = '', evidence = '']) => ({ id, chapter, level, evidence }),
);

/** Each test that is named, as file and title; a title may have that of what it is in before it. */
const named = requirements.flatMap(({ id, evidence }) =>
  Array.from(evidence.matchAll(/`(test\/[^`]+)` › ((?:"[^\n]+?"(?:, (?="))?)+)/g), ([, file = '', titles = '']) =>
    titles
      .slice(1, -1)
      .split('", "')
      .flatMap((title) => title.split(' › '))
      .map((title) => ({ id, file, title })),
  ).flat(),
);

describe('test/asvs.md', () => {
  it('has every requirement of levels 1 and 2 once, with evidence or a reason', () => {
    const compared = requirements.filter(({ level }) => level !== '3');
    const perChapter = Map.groupBy(compared, ({ chapter }) => chapter);
    expect(Object.fromEntries(Array.from(perChapter, ([chapter, all]) => [chapter, all.length]))).toEqual(counts);
    expect(new Set(requirements.map(({ id }) => id)).size).toBe(requirements.length);
    const isAnswered = ({ evidence }: { evidence: string }) =>
      /`test\/|\]\(\.\.\/|_Not applicable:_ |_Not met/.test(evidence);
    expect(requirements.filter((requirement) => !isAnswered(requirement))).toEqual([]);
  });

  it('lists in its introduction the requirements that are not met', () => {
    const unmet = requirements.filter(({ evidence }) => evidence.includes('_Not met')).map(({ id }) => id);
    expect(checklist.replaceAll(/\s+/g, ' ')).toContain(`or not in full: ${unmet.join(', ')}.`);
  });

  it('names only tests that exist', () => {
    const isThere = ({ file, title }: { file: string; title: string }) => {
      const source = tests[`/${file}`]?.replaceAll("\\'", "'") ?? '';
      return ["'", '"', '`'].some((quote) => source.includes(`${quote}${title}${quote}`));
    };
    expect(named.length).toBeGreaterThan(200);
    expect(named.filter((test) => !isThere(test))).toEqual([]);
  });
});
