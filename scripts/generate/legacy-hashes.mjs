// node scripts/generate/legacy-hashes.mjs > better-auth.json
// Makes hashes with Better Auth. Run it where better-auth is installed: `npm install better-auth` in a folder of its own, and
// copy this file there. test/crypto/legacy/known-answers.json has these hashes, those of scripts/generate/legacy-hashes.py
// and the example that https://github.com/firebase/scrypt publishes: `jq -s add *.json` puts them together.
import { readFileSync } from 'node:fs';
// @ts-expect-error It is not installed here.
import { hashPassword } from 'better-auth/crypto';

const [, version] = /"version": "([^"]+)"/.exec(readFileSync('node_modules/better-auth/package.json', 'utf8')) ?? [];

const passwords = [
  'correct horse battery staple',
  ' Spaces  at both ends ',
  'Żółw Å ﬁ ①'.normalize('NFC'),
  'Żółw Å ﬁ ①'.normalize('NFD'),
  'Пароль密码🔑👩‍👩‍👧',
  `longer than 72 bytes: ${'long '.repeat(30)}`,
];

const answers = [];
for (const password of passwords) {
  /** @type {unknown} */
  const hash = await hashPassword(password);
  answers.push({ scheme: 'better-auth-scrypt', password, hash, from: `Better Auth ${version}` });
}
console.log(JSON.stringify(answers));
