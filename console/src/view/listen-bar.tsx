import type { Listen } from '../api/views.ts';
import type { Console } from '../live/console.ts';
import { ownListen, type State } from '../state/state.ts';
import type { Texts } from '../texts/texts.ts';
import { LevelMeter } from './level-meter.tsx';
import { Timer } from './timer.tsx';

export interface BarParts {
  readonly texts: Texts;
  readonly state: State;
  readonly console: Console;
}

/** One's own listening, wherever it is heard, and what ends it. */
export const ListenBar = ({ texts, state, console }: BarParts) => {
  const own = ownListen(state);
  const { attempt } = state;
  const isHere = attempt.kind === 'hearing';
  const target = attempt.kind === 'none' ? own?.target : attempt.target;
  const id = isHere ? attempt.id : own?.id;
  return (
    <aside class="listen-bar" aria-label={texts.listen}>
      <div role="status">{target && <strong>{headline(texts, state, own, target.displayName)}</strong>}</div>
      {target && (
        <>
          {own?.since && <Timer since={own.since} now={console.now} />}
          {own && !isHere && attempt.kind === 'none' && <span>{placeText(texts, own)}</span>}
          {isHere && <LevelMeter label={texts.level} level={console.level} />}
          {attempt.kind === 'asking' && attempt.on !== 'browser' && (
            <button type="button" class="stop" onClick={console.cancel}>
              {texts.cancel}
            </button>
          )}
          {id !== undefined && attempt.kind !== 'asking' && (
            <button type="button" class="stop" onClick={() => void console.stop(id)}>
              {texts.stop}
            </button>
          )}
        </>
      )}
    </aside>
  );
};

const headline = (texts: Texts, { attempt }: State, own: Listen | undefined, name: string): string => {
  if (attempt.kind === 'asking')
    return attempt.on === 'browser' ? texts.asking(name) : texts.ringing(attempt.on, name);
  if (attempt.kind === 'none' && own?.state === 'starting')
    return own.device && own.device.kind !== 'Browser'
      ? texts.ringing(own.device.name, name)
      : texts.asking(name);
  return texts.listening(name);
};

const placeText = (texts: Texts, { device }: Listen): string =>
  device === null || device.name === 'browser' ? texts.heardInOther : texts.heardOn(device.name);
