import type { Factors } from 'latchkey-client';
import type { Text } from '../text.ts';

/** In the place of a factor. */
export const noneYet: Text = { en: 'None yet.', de: 'Noch keine.' };

type Use = { added_on: string; last_used_on: string | null; isSynced?: boolean };

/** When a factor was set up, and when it was used. */
export function factorSentence({ added_on: added, last_used_on: used, isSynced = false }: Use): Text {
  const [on, last] = [dayOf(added), used === null ? undefined : dayOf(used)];
  const sentences = {
    en: [`Set up on ${on.en}.`, last ? `Last used on ${last.en}.` : 'Not used yet.', ...(isSynced ? [synced.en] : [])],
    de: [
      `Eingerichtet am ${on.de}.`,
      last ? `Zuletzt verwendet am ${last.de}.` : 'Noch nicht verwendet.',
      ...(isSynced ? [synced.de] : []),
    ],
  };
  return { en: sentences.en.join(' '), de: sentences.de.join(' ') };
}

const synced = {
  en: 'It is kept beyond this one device, for instance by a password manager.',
  de: 'Er ist nicht nur auf einem Gerät, zum Beispiel in einem Passwort-Manager.',
};

/** How many recovery codes are left. */
export function codesSentence(codes: Factors['recovery_codes']): Text {
  const left = codes?.left ?? 0;
  const on = codes === null ? undefined : dayOf(codes.made_on);
  return {
    en: `${left} left${on === undefined ? '' : `, made on ${on.en}`}. Each logs you in once, in place of your second factor. New codes make the former ones void.`,
    de: `${left} übrig${on === undefined ? '' : `, gemacht am ${on.de}`}. Jeder meldet Sie einmal an, statt des zweiten Faktors. Mit neuen Codes gelten die früheren nicht mehr.`,
  };
}

/** The day of a time (ISO 8601), as people where this browser is write it. */
function dayOf(time: string) {
  const day = (locale: string) => new Date(time).toLocaleDateString(locale, { dateStyle: 'long' });
  return { en: day('en-GB'), de: day('de-DE') };
}
