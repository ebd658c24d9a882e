import type { Factor, FactorMethod } from 'latchkey-client';
import { makeOtherButton } from '../form.ts';
import type { Text } from '../text.ts';
import { appCodeField, recoveryCodeField } from './fields.ts';
import type { Next } from './places.ts';
import { wrongPasskey } from './refusals.ts';
import { showScreen } from './screen.ts';
import { latchkey } from './session.ts';
import { makeTask } from './task.ts';

type Question = {
  title: Text;
  /** Why it is asked, where that is not plain. */
  why?: { en: string; de: string };
  ways: FactorMethod[];
  prove: (factor: Factor) => Promise<Next>;
  /** The way out of it. */
  leave: { text: Text; act: () => void };
  whenOver?: (text: Text) => void;
};

/** The order in which the ways are offered. */
const ORDER: readonly FactorMethod[] = ['passkey', 'totp', 'recovery_code'];

/** Those of `methods` that this browser can do, the easiest first. */
export async function waysOf(methods: readonly FactorMethod[]): Promise<FactorMethod[]> {
  const known = ORDER.filter((way) => methods.includes(way));
  const usable = (await latchkey.canUsePasskeys()) ? known : known.filter((way) => way !== 'passkey');
  return usable.length > 0 ? usable : known;
}

/** Asks for a second factor in one way, and offers the others. */
export function askForFactor(question: Question, way = question.ways[0]): void {
  if (way === undefined) throw new TypeError('There is no way to show a second factor.');
  const { title, why, ways, leave } = question;
  const others = ways
    .filter((other) => other !== way)
    .map((other) => makeOtherButton(names[other], () => askForFactor(question, other)));
  const content = [makeWay(way, question), ...others, makeOtherButton(leave.text, leave.act)];
  const { en, de } = intros[way];
  showScreen({
    title,
    intro: why === undefined ? { en, de } : { en: `${why.en} ${en}`, de: `${why.de} ${de}` },
    content,
  });
}

function makeWay(way: FactorMethod, { prove, whenOver }: Question): HTMLFormElement {
  const over = whenOver === undefined ? {} : { whenOver };
  if (way === 'passkey') {
    const texts = { wrong_factor: wrongPasskey };
    return makeTask({ button: names.passkey, work: () => prove({ passkey: true }), texts, ...over });
  }
  const field = way === 'totp' ? appCodeField() : recoveryCodeField();
  return makeTask({
    fields: [field],
    button: { en: 'Continue', de: 'Weiter' },
    work: async () => prove(way === 'totp' ? { code: field.input.value } : { recoveryCode: field.input.value }),
    beside: { wrong_factor: field },
    ...over,
  });
}

const names: Readonly<Record<FactorMethod, Text>> = {
  passkey: { en: 'Use a passkey', de: 'Passkey verwenden' },
  totp: { en: 'Use the authenticator app', de: 'Authenticator-App verwenden' },
  recovery_code: { en: 'Use a recovery code', de: 'Wiederherstellungscode verwenden' },
};

const intros = {
  passkey: {
    en: 'Your browser asks for your fingerprint, your face or your PIN.',
    de: 'Ihr Browser fragt nach Fingerabdruck, Gesicht oder PIN.',
  },
  totp: {
    en: 'Type the six digits that your authenticator app shows now. Each code works once.',
    de: 'Tippen Sie die sechs Ziffern ein, die Ihre Authenticator-App jetzt zeigt. Jeder Code gilt einmal.',
  },
  recovery_code: {
    en: 'Type one of the codes that you have kept. Each works once.',
    de: 'Tippen Sie einen der Codes ein, die Sie aufgehoben haben. Jeder gilt einmal.',
  },
} as const satisfies Record<FactorMethod, Text>;
