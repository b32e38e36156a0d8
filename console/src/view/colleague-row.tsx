import type { Colleague, Me } from '../api/views.ts';
import type { Console } from '../live/console.ts';
import type { Texts } from '../texts/texts.ts';
import { HandsetMenu } from './handset-menu.tsx';
import { Timer } from './timer.tsx';

export interface RowParts {
  readonly texts: Texts;
  readonly colleague: Colleague;
  readonly console: Console;
  readonly isLive: boolean;
  readonly devices: Me['devices'];
  /** Where the one signed in listens. */
  readonly place: string;
  readonly choose: (place: string) => void;
}

export const ColleagueRow = (parts: RowParts) => {
  const { texts, colleague, console } = parts;
  const { displayName, extension, inCall, since } = colleague;
  return (
    <li class={inCall ? 'in-call' : undefined}>
      <span class="initials" aria-hidden="true">
        {initials(displayName)}
      </span>
      <span class="name">
        {displayName}
        {extension !== null && <small>{texts.extension(extension)}</small>}
      </span>
      <span class="call">
        {inCall === true && (
          <>
            <span class="dot" aria-hidden="true" />
            {texts.inCall} {since !== null && <Timer since={since} now={console.now} />}
          </>
        )}
        {inCall === false && <span class="idle">{texts.notInCall}</span>}
      </span>
      <HandsetMenu {...parts} />
    </li>
  );
};

const initials = (name: string): string => {
  const words = name.split(/\s+/).filter((word) => word !== '');
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.[0] ?? '').join('');
};
