import { nameSearch } from '@medlyssning/policy/name-search';
import { useEffect, useState } from 'preact/hooks';
import type { Console } from '../live/console.ts';
import { keepPlace, placeOf } from '../state/place.ts';
import type { State } from '../state/state.ts';
import type { Texts } from '../texts/texts.ts';
import { Choice } from './choice.tsx';
import { ColleagueRow } from './colleague-row.tsx';

export interface ColleaguesParts {
  readonly texts: Texts;
  readonly state: State;
  readonly console: Console;
}

const pauseMs = 250;

/** R5: the list that listening starts from. */
export const Colleagues = ({ texts, state, console }: ColleaguesParts) => {
  const [search, setSearch] = useState('');
  const [onlyInCall, setOnlyInCall] = useState(false);
  const [chosen, setChosen] = useState<string>();
  const { colleagues, hasMore, link, me } = state;
  useEffect(() => {
    if (!hasMore || search.trim() === '') return;
    const over = new AbortController();
    const timer = setTimeout(() => void console.search(search.trim(), over.signal), pauseMs);
    return () => {
      clearTimeout(timer);
      over.abort();
    };
  }, [search, hasMore, console]);
  const isFound = nameSearch(search);
  const shown = colleagues.filter(
    (one) => isFound({ ...one, name: one.user }) && (!onlyInCall || one.inCall === true),
  );
  const inCall = colleagues.filter((one) => one.inCall === true).length;
  const knowsCalls = link === 'live' && colleagues.some((one) => one.inCall !== null);
  const place = placeOf(me, chosen);
  const choose = (on: string) => {
    keepPlace(on);
    setChosen(on);
  };
  return (
    <section class="colleagues" aria-labelledby="colleagues">
      <div class="tools">
        <h2 id="colleagues">{texts.colleagues}</h2>
        <input
          type="search"
          value={search}
          maxLength={100}
          aria-label={texts.search}
          placeholder={texts.searchHint}
          onInput={({ currentTarget }) => setSearch(currentTarget.value)}
        />
        {knowsCalls && (
          <fieldset class="filter">
            <legend class="unseen">{texts.show}</legend>
            <Choice label={texts.all} on={!onlyInCall} choose={() => setOnlyInCall(false)} />
            <Choice label={texts.inCalls(inCall)} on={onlyInCall} choose={() => setOnlyInCall(true)} />
          </fieldset>
        )}
      </div>
      <ul>
        {shown.map((colleague) => (
          <ColleagueRow
            key={colleague.user}
            {...{ texts, colleague, console, place, choose }}
            isLive={link === 'live'}
            devices={me?.devices ?? []}
          />
        ))}
      </ul>
      {shown.length === 0 && (
        <p class="nobody">
          {link === 'connecting' ? texts.loading : onlyInCall ? texts.nobodyInCall : texts.nobodyFound}
        </p>
      )}
      {hasMore && <p class="nobody">{texts.moreThanShown}</p>}
    </section>
  );
};
