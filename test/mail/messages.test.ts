import { describe, expect, it } from 'vitest';
import { sayLife } from '../../src/mail/locale.ts';
import { proofs, write, writeGoldenFiles } from '../support/letters.ts';

const golden = import.meta.glob<string>('./golden/*.txt', { query: '?raw', import: 'default', eager: true });

it('writes each mail in English and in German as its golden file has it', async () => {
  const written = [...(await writeGoldenFiles())].map(([file, text]) => [`./golden/${file}`, text]);
  expect(written).toHaveLength(32);
  expect(Object.fromEntries(written)).toEqual(golden);
});

it.each([undefined, '', 'en', 'fr', 'DE', 'toString'])('writes in English for the locale %j', async (locale) => {
  expect((await write({ locale })).subject).toBe('A new password for Example');
});

it('links to the account page of each letter, with the token in the fragment', async () => {
  const links: Record<string, string | undefined> = {};
  for (const name of ['register', 'verify_email', 'reset_password', 'change_email', 'email_changed'] as const) {
    const { text, html } = await write({ name, locale: 'de' });
    const line = text.split('\n').find((each) => each.startsWith('https:'));
    expect(html).toContain(`<a href="${line}"`);
    links[name] = line?.replace(proofs[name]?.token ?? '', 'TOKEN');
  }
  expect(links).toEqual({
    register: 'https://auth.example.org/account/register?lang=de#token=TOKEN',
    verify_email: 'https://auth.example.org/account/verify?lang=de#token=TOKEN',
    reset_password: 'https://auth.example.org/account/reset?lang=de#token=TOKEN',
    change_email: 'https://auth.example.org/account/confirm?lang=de#token=TOKEN',
    email_changed: 'https://auth.example.org/account/undo?lang=de#token=TOKEN',
  });
});

it('puts link and code on lines of their own', async () => {
  const { text } = await write({});
  const lines = text.split('\n');
  expect(lines).toContain('01234567');
  expect(lines).toContain(
    'https://auth.example.org/account/reset?lang=en#token=01900000-0000-7000-8000-000000000000.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  );
});

it('says nothing of a code once it has expired', async () => {
  const proof = { token: 'a.b', expiresInSeconds: 3000, code: undefined };
  for (const locale of ['en', 'de']) {
    const { text, html } = await write({ locale, proof });
    expect(text).toMatch(/50 (minutes|Minuten)/);
    expect(`${text}${html}`).not.toMatch(/code|\d{8}/i);
  }
});

it('hands over id, addresses and sender unchanged', async () => {
  const replyTo = { name: undefined, email: 'help@example.org' };
  expect(await write({}, { replyTo })).toMatchObject({
    id: 'outbox-1',
    to: 'joe@example.com',
    from: { name: 'Example', email: 'accounts@example.org' },
    replyTo,
  });
});

it('escapes the name of the application, and has no name of its own', async () => {
  const appName = `<b>"A" & 'B'</b>`;
  for (const name of Object.keys(proofs).filter((key): key is keyof typeof proofs => key in proofs)) {
    const { subject, html, text } = await write({ name }, { appName });
    expect(html).not.toContain('<b>');
    expect(html).toContain('&lt;b&gt;&quot;A&quot; &amp; &#39;B&#39;&lt;/b&gt;');
    expect(subject).toContain(appName);
    expect(`${subject}${html}${text}`).not.toMatch(/latchkey/i);
  }
});

it('lets no line break into a subject', async () => {
  const { subject } = await write({}, { appName: 'A\r\nBcc: all@example.org\u2028B' });
  expect(subject).toBe('A new password for A Bcc: all@example.org B');
});

it('has no image, no script, no style sheet and no address but that of its link', async () => {
  for (const html of Object.values(golden)) {
    expect(html).not.toMatch(/<(img|script|link|style|iframe|form)|url\(|@import/i);
    expect(html.match(/(href|src)="(?!https:\/\/auth\.example\.org\/account\/)/g)).toBeNull();
  }
});

describe('a life', () => {
  it.each([
    [1, '1 minute', '1 Minute'],
    [60, '1 minute', '1 Minute'],
    [89, '1 minute', '1 Minute'],
    [600, '10 minutes', '10 Minuten'],
    [3599, '60 minutes', '60 Minuten'],
    [3600, '60 minutes', '60 Minuten'],
    [7200, '2 hours', '2 Stunden'],
    [86_399, '24 hours', '24 Stunden'],
    [86_400, '24 hours', '24 Stunden'],
    [172_800, '2 days', '2 Tage'],
    [604_800, '7 days', '7 Tage'],
    [2_592_000, '30 days', '30 Tage'],
  ])('of %d seconds is %s', (seconds, english, german) => {
    expect(sayLife(seconds, 'en')).toBe(english);
    expect(sayLife(seconds, 'de')).toBe(german);
  });
});
