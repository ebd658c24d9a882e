import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { parseOpenApi } from '../../../scripts/reference/open-api.ts';
import { refusals } from '../../../src/errors.ts';
import { readPage } from './read-page.ts';

const source = readFileSync('assets/docs.html', 'utf8');
const style = readFileSync('assets/docs.css', 'utf8');
const api = parseOpenApi(JSON.parse(readFileSync('assets/openapi.json', 'utf8')));
const { errors, elements } = readPage(source);

const named = (tag: string) => elements.filter((element) => element.tag === tag);
const valuesOf = (name: string) => elements.flatMap(({ attributes }) => attributes[name] ?? []);
const ids = new Set(valuesOf('id'));

describe('the page of the reference', () => {
  it('is well-formed HTML: no parse error, and no element whose tags are not written', () => {
    expect(errors).toEqual([]);
    expect(elements.filter(({ isWhole }) => !isWhole).map(({ tag }) => tag)).toEqual([]);
  });

  it('has less than 80 KB on the way to a browser, and 800 KB there', () => {
    expect(gzipSync(source).length).toBeLessThan(80_000);
    expect(source.length).toBeLessThan(800_000);
  });

  it('has no script, no handler, no style of its own, and no form', () => {
    const tags = new Set(elements.map(({ tag }) => tag));
    for (const tag of ['script', 'style', 'form', 'iframe', 'object', 'embed', 'base']) expect(tags).not.toContain(tag);
    const names = new Set(elements.flatMap(({ attributes }) => Object.keys(attributes)));
    expect([...names].filter((name) => name === 'style' || name.startsWith('on'))).toEqual([]);
  });

  it('loads its style sheet and nothing else', () => {
    expect(named('link').map(({ attributes }) => attributes['href'])).toEqual(['data:,', '/docs.css']);
    for (const name of ['src', 'srcset', 'poster', 'data', 'background']) expect(valuesOf(name)).toEqual([]);
    expect(style).not.toMatch(/url\(|@import|image-set/);
  });

  it('has each id once, and a target for each link within it', () => {
    expect(valuesOf('id')).toHaveLength(ids.size);
    const targets = valuesOf('href').filter((href) => href.startsWith('#'));
    expect(targets.length).toBeGreaterThan(100);
    expect(targets.filter((target) => !ids.has(target.slice(1)))).toEqual([]);
    for (const name of ['aria-labelledby', 'aria-describedby']) {
      expect(valuesOf(name).filter((id) => !ids.has(id))).toEqual([]);
    }
  });

  it('names its language, and has one title, one main part, and headings that skip no level', () => {
    expect(named('html')[0]?.attributes).toEqual({ lang: 'en' });
    for (const tag of ['title', 'h1', 'main', 'nav', 'header']) expect(named(tag)).toHaveLength(1);
    const levels = elements.flatMap(({ tag }) => (/^h[1-6]$/.test(tag) ? [Number(tag[1])] : []));
    expect(levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)).toEqual([]);
  });

  it('shows every operation, with an anchor for each of its statuses', () => {
    expect(api.operations.length).toBeGreaterThan(10);
    const headings = named('h3').map(
      ({ text, attributes }) => `${attributes['id']} ${text.replace(/\s+/g, ' ').trim()}`,
    );
    for (const { method, path, responses } of api.operations) {
      const heading = headings.find((each) => each.endsWith(` ${method.toUpperCase()} ${path} #`));
      expect(heading, path).toBeDefined();
      const [id] = heading?.split(' ') ?? [];
      for (const status of Object.keys(responses)) expect(ids).toContain(`${id}-${status}`);
    }
    expect(ids).toContain('post-auth-login-404');
    expect(ids).toContain('delete-auth-sessions-id');
  });

  it('shows every error code, with its status and its message', () => {
    const rows = new Map(named('tr').map(({ attributes, text }) => [attributes['id'], text]));
    for (const [code, { status, message }] of Object.entries(refusals)) {
      const row = rows.get(`error-${code}`);
      for (const words of [code, String(status), message]) expect(row).toContain(words);
    }
  });

  it('shows every schema', () => {
    for (const name of Object.keys(api.components.schemas)) expect(ids).toContain(`schema-${name.toLowerCase()}`);
  });
});
