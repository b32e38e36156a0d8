import type { RecordedAttempt } from '../api/views.ts';
import type { Texts } from '../texts/texts.ts';
import { duration } from './duration.ts';

export interface HistoryRowParts {
  readonly texts: Texts;
  readonly attempt: RecordedAttempt;
  /** `user` of the one signed in. */
  readonly me: string | undefined;
}

/** One attempt in a sentence, and when, how, how long and why it ended. */
export const HistoryRow = ({ texts, attempt, me }: HistoryRowParts) => {
  const { at, device, heardFrom } = attempt;
  const [listener, target] = [attempt.listener, attempt.target].map(({ user, displayName, number }) =>
    user === me && user !== null ? undefined : (displayName ?? number),
  );
  const said = heardFrom === null ? texts.didNotListen : texts.listened;
  const place = device?.name === 'browser' ? texts.heardHere : device?.name;
  const details = [place, lasted(texts, attempt), why(texts, attempt)].filter(Boolean);
  return (
    <li class={heardFrom === null ? 'vain' : undefined}>
      <span class="name">
        {said(listener === '' ? texts.somebody : listener, target === '' ? texts.aColleague : target)}
        <small>{details.join(' · ')}</small>
      </span>
      <time dateTime={at}>{texts.moment(at)}</time>
    </li>
  );
};

const lasted = (texts: Texts, { heardFrom, end }: RecordedAttempt): string | undefined => {
  if (heardFrom === null) return undefined;
  return end === null ? texts.stillOn : duration(Date.parse(end.at) - Date.parse(heardFrom));
};

const why = (texts: Texts, { reason, heardFrom, end }: RecordedAttempt): string | undefined => {
  if (reason !== 'Allowed') return texts.reason(reason);
  if (end === null) return undefined;
  if (heardFrom === null && end.reason === 'ListenerHungUp') return texts.gaveUp;
  return [end.reason, end.cause].flatMap((one) => (one ? texts.reason(one) : [])).join(' ');
};
