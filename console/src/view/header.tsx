import type { State } from '../state/state.ts';
import { LanguageSwitch, type Speaks } from './language-switch.tsx';

export interface HeaderParts extends Speaks {
  readonly state: State;
  readonly signOut: () => void;
}

export const Header = ({ state, signOut, ...speaks }: HeaderParts) => {
  const { texts } = speaks;
  const { link, me } = state;
  const said = { live: texts.live, connecting: texts.connecting, lost: texts.lost.split('.')[0] }[link];
  return (
    <header>
      <h1>
        <img src="/icon.svg" alt="" width="28" height="28" />
        {texts.title}
        {me && <small>{me.company}</small>}
      </h1>
      <div class="who">
        <span class={`link ${link}`} role="status">
          {said}
        </span>
        {me && <span class="me">{me.displayName}</span>}
        <LanguageSwitch {...speaks} />
        <button type="button" class="quiet" onClick={signOut}>
          {texts.signOut}
        </button>
      </div>
    </header>
  );
};
