import { expect, it } from 'vitest';
import page from '../../assets/playground.html?raw';

const sources = import.meta.glob<string>('/packages/playground/src/*.ts', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const inputs = Array.from(page.matchAll(/<input\b[^>]*>/g), ([tag]) => tag);
const fieldOf = (name: string) => inputs.find((tag) => tag.includes(`name="${name}"`));

it('masks the password, and lets password managers fill it in', () => {
  expect(fieldOf('password')).toContain('type="password"');
  expect(fieldOf('password')).toContain('autocomplete="current-password"');
  expect(fieldOf('email')).toContain('autocomplete="username"');
  const passwords = inputs.filter((tag) => /name="\w*password"/.test(tag));
  expect(passwords).toHaveLength(8);
  for (const tag of passwords) expect(tag).toMatch(/type="password"[^]*autocomplete="(current|new)-password"/);
});

it('masks API keys and the secrets of clients, which no password manager keeps', () => {
  for (const name of ['key', 'client_secret']) {
    expect(fieldOf(name)).toContain('type="password"');
    expect(fieldOf(name)).toContain('autocomplete="off"');
  }
});

it('takes a code or a recovery code in any field for one, and lets the browser fill in the code', () => {
  const factors = inputs.filter((tag) => tag.includes('name="factor"'));
  expect(factors).toHaveLength(2);
  for (const tag of factors) {
    expect(tag).toContain('data-paths="code recovery_code"');
    expect(tag).toContain('autocomplete="one-time-code"');
    expect(tag).not.toContain('inputmode');
  }
});

it('shows no form that takes a secret before its script is there, since the form would put it into the URL', () => {
  const sections = page.split(/<section|<div id="guest"/).filter((part) => part.includes('type="password"'));
  expect(sections).toHaveLength(3);
  for (const part of sections) expect(part).toMatch(/^[^>]* hidden>|<div id="user" hidden>/);
});

it('does not meddle with what is pasted', () => {
  for (const input of inputs) expect(input).not.toMatch(/onpaste|readonly|maxlength/);
  expect(Object.keys(sources).length).toBeGreaterThan(5);
  for (const source of Object.values(sources))
    expect(source).not.toMatch(/addEventListener\('(paste|(before)?input|keydown)'/);
});

it('makes no markup of texts, which others may have chosen', () => {
  for (const source of Object.values(sources))
    expect(source).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|setHTML|createContextualFragment|document\.write/,
    );
});

it('shows how to log out beside the account', () => {
  const account = /<div id="user" hidden>[^]*?<output/.exec(page)?.[0] ?? '';
  expect(account).toMatch(/Log out[^]*id="log-out-session"[^]*id="log-out-all"/);
});
