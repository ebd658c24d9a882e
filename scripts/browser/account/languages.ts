import assert from 'node:assert/strict';
import type { BrowserTest } from '../test-case.ts';
import { EMAIL, fill, press, see, withAccountPage } from './scene.ts';

const visits = [
  { locale: 'en-GB', query: '', lang: 'en' },
  { locale: 'de-AT', query: '', lang: 'de' },
  { locale: 'fr-FR', query: '', lang: 'en' },
  { locale: 'en-GB', query: '?lang=de', lang: 'de' },
  { locale: 'de-AT', query: '?lang=en', lang: 'en' },
  { locale: 'de-AT', query: '?lang=fr', lang: 'de' },
];

const titles: Record<string, string> = { en: 'Choose a new password', de: 'Neues Passwort wählen' };

export const speaks: BrowserTest = {
  title: 'the account pages speak the language of the link, or else of the browser, and offer the other',
  run: async (surroundings) => {
    for (const { locale, query, lang } of visits) {
      await withAccountPage(surroundings, { path: `reset${query}`, locale }, async (page) => {
        const said = () => page.evaluate(() => [document.documentElement.lang, document.title]);
        assert.deepEqual(await said(), [lang, titles[lang]], `${locale} ${query}`);
        const other = lang === 'en' ? 'de' : 'en';
        await press(page, lang === 'en' ? 'Deutsch' : 'English');
        assert.deepEqual(await said(), [other, titles[other]]);
        await page.reload();
        assert.deepEqual(await said(), [other, titles[other]]);
      });
    }
  },
};

export const asksInLanguage: BrowserTest = {
  title: 'the account pages ask for mails in the language that they speak',
  run: (surroundings) =>
    withAccountPage(surroundings, { path: 'reset?lang=de' }, async (page, sent) => {
      await fill(page, 'E-Mail-Adresse', EMAIL);
      await press(page, 'E-Mail schicken');
      await see(page, 'Eine E-Mail ist zu dieser Adresse unterwegs.');
      assert.deepEqual(
        sent.map(({ language }) => language),
        ['de'],
      );
    }),
};
