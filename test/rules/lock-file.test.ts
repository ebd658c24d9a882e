import { describe, expect, it } from 'vitest';
import { z } from 'zod/v4';
import text from '../../package-lock.json?raw';

const entry = z.object({
  integrity: z.string().optional(),
  resolved: z.string().optional(),
  inBundle: z.boolean().default(false),
  link: z.boolean().default(false),
});
const { packages } = z.object({ packages: z.record(z.string(), entry) }).parse(JSON.parse(text));

/** What npm downloads: neither the project itself nor folders of it. */
const entries = Object.entries(packages).filter(([path, { link }]) => path.includes('node_modules/') && !link);

describe('package-lock.json', () => {
  it('pins every package by a SHA-512 digest', () => {
    expect(entries.length).toBeGreaterThan(100);
    // A bundled package comes inside another one, whose digest covers it.
    const own = entries.filter(([, { inBundle }]) => !inBundle);
    const isPinned = ({ integrity }: z.infer<typeof entry>) => /^sha512-[\w+/]{86}==$/.test(integrity ?? '');
    expect(own.filter(([, each]) => !isPinned(each)).map(([path]) => path)).toEqual([]);
  });

  it('marks a package as bundled only inside another package', () => {
    const bundled = entries.filter(([, { inBundle }]) => inBundle).map(([path]) => path);
    const isInside = (path: string) =>
      path.includes('/node_modules/') && path.slice(0, path.lastIndexOf('/node_modules/')) in packages;
    expect(bundled.filter((path) => !isInside(path))).toEqual([]);
  });

  it('names no registry', () => {
    expect(entries.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });
});
