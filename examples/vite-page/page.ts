import type { Factor, FactorMethod } from 'latchkey-client';

export const find = (id: string) => document.getElementById(id);
export const inputOf = (name: string) => document.querySelector<HTMLInputElement>(`[name=${name}]`);
export const valueOf = (name: string) => inputOf(name)?.value ?? '';
export const say = (...problem: (string | Node)[]) => find('problem')?.replaceChildren(...problem);

export function show(part: 'login' | 'factor' | 'account', email = ''): void {
  for (const id of ['login', 'factor', 'account']) find(id)?.toggleAttribute('hidden', id !== part);
  find('user')?.replaceChildren(email);
  if (part !== 'login') document.querySelectorAll('form').forEach((form) => form.reset());
}

export function showFactor(methods: FactorMethod[]): void {
  show('factor');
  find('passkey')?.toggleAttribute('hidden', !methods.includes('passkey'));
  inputOf('code')?.focus();
}

export function onFactor(give: (factor: Factor) => void): void {
  find('factor')?.addEventListener('submit', (event) => {
    event.preventDefault();
    const code = valueOf('code').replaceAll(/\s/g, '');
    // An app shows six digits. A recovery code is longer.
    give(/^\d{6}$/.test(code) ? { code } : { recoveryCode: code });
  });
  find('passkey')?.addEventListener('click', () => give({ passkey: true }));
}

export function sayToSetUp(href: string): void {
  const link = document.createElement('a');
  link.href = href;
  link.textContent = 'Set up a second factor';
  say('Your account needs a second factor. ', link, ', and log in again.');
}
