// node scripts/generate/legacy-hashes.mjs hashes.json... > test/crypto/legacy/known-answers.json
// Puts together what scripts/generate/legacy-hashes.py has made, hashes of Better Auth, and Firebase's published example.
// Run it where better-auth is installed: `npm install better-auth` in a folder of its own, and copy this file there.
import { readFileSync } from 'node:fs';
// @ts-expect-error Its types are where it is installed.
import { hashPassword } from 'better-auth/crypto';

const { version } = JSON.parse(readFileSync('node_modules/better-auth/package.json', 'utf8'));

const answers = process.argv.slice(2).flatMap((file) => JSON.parse(readFileSync(file, 'utf8')));

const passwords = [...new Set(answers.map(({ password }) => password))];
for (const password of passwords) {
  const hash = await hashPassword(password);
  answers.push({ scheme: 'better-auth-scrypt', password, hash, from: `Better Auth ${version}` });
}

// https://github.com/firebase/scrypt, README.md
const salt = '42xEC+ixf3L2lw==';
const hash = 'lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==';
const published = `$firebase-scrypt$${salt}$${hash}`;
const urlSafe = published.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
for (const hash of [published, urlSafe])
  answers.push({ scheme: 'firebase-scrypt', password: 'user1password', hash, from: 'github.com/firebase/scrypt' });

console.log(JSON.stringify(answers, undefined, 2));
