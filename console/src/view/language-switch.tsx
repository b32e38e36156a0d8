import type { Language, Texts } from '../texts/texts.ts';

/** What everything that speaks has. */
export interface Speaks {
  readonly texts: Texts;
  readonly language: Language;
  readonly switchLanguage: () => void;
}

export const LanguageSwitch = ({ texts, language, switchLanguage }: Speaks) => (
  <button type="button" class="quiet" lang={language === 'sv' ? 'en' : 'sv'} onClick={switchLanguage}>
    {texts.otherLanguage}
  </button>
);
