import type { Notice } from '../state/state.ts';
import type { Texts } from '../texts/texts.ts';

export interface NoticeParts {
  readonly texts: Texts;
  readonly notice: Notice | undefined;
  readonly dismiss: () => void;
}

/** What came of an attempt, where it was not what was wanted. */
export const NoticeLine = ({ texts, notice, dismiss }: NoticeParts) => (
  <div class="notice" role="status">
    {notice && (
      <p>
        <span>{textOf(notice, texts)}</span>
        <button type="button" class="quiet" onClick={dismiss}>
          {texts.close}
        </button>
      </p>
    )}
  </div>
);

const textOf = (notice: Notice, texts: Texts): string => {
  switch (notice.kind) {
    case 'refused':
      return texts.refused(notice.target.displayName, texts.problem(notice.reason));
    case 'ended':
      return texts.ended(notice.target.displayName, texts.reason(notice.reason));
    case 'failed':
      return texts.problem(notice.reason);
  }
};
