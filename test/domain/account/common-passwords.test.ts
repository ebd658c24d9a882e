import { describe, expect, it } from 'vitest';
import { isCommonPassword } from '../../../src/domain/account/common-passwords.ts';
import list from '../../../src/domain/account/common-passwords.txt';
import { decodeWords } from '../../../src/domain/account/front-coding.ts';

const passwords = decodeWords(list);

describe('a common password', () => {
  it.each([
    '123456',
    '12345678',
    '123456789',
    'qwerty',
    'letmein',
    'password',
    'password1',
    'password123',
    'qwertyuiop',
    'iloveyou',
    '1q2w3e4r',
    '1qaz2wsx',
    'sunshine',
    'princess1',
    'trustno1',
    'jennifer',
    'p@ssw0rd',
  ])('is %j', async (password) => {
    expect(passwords).toContain(password);
    expect(await isCommonPassword(password)).toBe(true);
  });

  it.each(['11111111', '00000000', 'aaaaaaaa', '12341234', '123123123', 'asdasdasd', 'qwertyqwerty', 'hahahahaha'])(
    'is a repetition: %j',
    async (password) => expect(await isCommonPassword(password)).toBe(true),
  );

  it.each(['abcdefgh', '87654321', '0987654321', '0123456789', 'poiuytrewq', 'lkjhgfdsa'])(
    'is a row of letters, digits or keys: %j',
    async (password) => expect(await isCommonPassword(password)).toBe(true),
  );

  it.each([
    'PassWord',
    'ILOVEYOU',
    'ｐａｓｓｗｏｒｄ',
    'ＰＡＳＳＷＯＲＤ１',
    '１２３４５６７８',
    '①②③④⑤⑥⑦⑧',
    '\u017Fun\u017Fhine',
    'AaAaAaAa',
  ])('is common in other case or width too: %j', async (password) =>
    expect(await isCommonPassword(password)).toBe(true),
  );
});

it.each([
  'correct horse battery staple',
  'correct horse',
  'one call exactly',
  'Żółw Ω ﬁ Å ①',
  'пароль密码🔑👩‍👩‍👧',
  'sunshine of your love',
  'my password',
  'password ',
  ' password',
  'xpassword',
  'sunshin',
  'abcdefgh!',
  'tr0ub4dor&3',
  '8f14e45fceea167a',
  'x'.repeat(64),
  'x'.repeat(255) + 'y',
])('does not call %j common', async (password) => {
  expect(await isCommonPassword(password)).toBe(false);
});

describe('the list', () => {
  it('has ten thousand passwords, each once, sorted and folded', () => {
    expect(passwords).toHaveLength(10_000);
    expect(passwords).toEqual(Array.from(new Set(passwords)).toSorted());
    expect(passwords.join('\n').normalize('NFKC').toLowerCase()).toBe(passwords.join('\n'));
    expect(list).toMatch(/^(\S+\n)+$/);
    for (const password of passwords) expect(password).toMatch(/^\S{6,}$/);
  });

  it('has more than the 3,000 passwords of 8 characters that OWASP asks for, and none below 6', () => {
    expect(passwords.filter(({ length }) => length >= 8)).toHaveLength(9_000);
    expect(passwords.filter(({ length }) => length < 6)).toEqual([]);
  });

  it('adds at most 25 KB to the bundle, gzipped', async () => {
    const gzipped = new Blob([list]).stream().pipeThrough(new CompressionStream('gzip'));
    expect((await new Response(gzipped).arrayBuffer()).byteLength).toBeLessThanOrEqual(25_000);
  });
});
