import type { Texts } from '../texts/texts.ts';

export type PageName = 'colleagues' | 'history';

export interface PagesParts {
  readonly texts: Texts;
  readonly page: PageName;
  readonly show: (page: PageName) => void;
}

/** Which of the pages is shown, and the way to the other. */
export const Pages = ({ texts, page, show }: PagesParts) => (
  <nav class="pages" aria-label={texts.pages}>
    {(['colleagues', 'history'] as const).map((name) => (
      <button
        key={name}
        type="button"
        aria-current={page === name ? 'page' : undefined}
        onClick={() => show(name)}
      >
        {texts[name]}
      </button>
    ))}
  </nav>
);
