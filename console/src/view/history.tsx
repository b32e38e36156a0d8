import { useMemo, useState } from 'preact/hooks';
import type { RecordQuery } from '../api/api.ts';
import type { Console } from '../live/console.ts';
import type { State } from '../state/state.ts';
import type { Texts } from '../texts/texts.ts';
import { Choice } from './choice.tsx';
import { HistoryRow } from './history-row.tsx';
import { recordQuery, type Wanted } from './record-query.ts';
import { useRecord } from './use-record.ts';

export interface HistoryParts {
  readonly texts: Texts;
  readonly state: State;
  readonly console: Console;
}

/** The record, as far as it is about the one signed in; for administrators the company's. */
export const History = ({ texts, state, console }: HistoryParts) => {
  const { me, colleagues, link } = state;
  const [wanted, setWanted] = useState<Wanted>({
    whose: me?.isAdministrator ? 'company' : 'listener',
    person: '',
    from: '',
    to: '',
  });
  const query = useMemo<RecordQuery>(() => recordQuery(wanted), [wanted]);
  const record = useRecord(console, query, link === 'live');
  const want = (of: Partial<Wanted>) => setWanted((before) => ({ ...before, ...of }));
  return (
    <section class="history" aria-labelledby="history" aria-busy={record.isLoading}>
      <div class="tools">
        <h2 id="history">{texts.history}</h2>
        <fieldset class="filter">
          <legend class="unseen">{texts.show}</legend>
          {me?.isAdministrator && (
            <Choice
              label={texts.wholeCompany}
              on={wanted.whose === 'company'}
              choose={() => want({ whose: 'company' })}
            />
          )}
          <Choice
            label={texts.iListened}
            on={wanted.whose === 'listener'}
            choose={() => want({ whose: 'listener' })}
          />
          <Choice
            label={texts.heardMe}
            on={wanted.whose === 'target'}
            choose={() => want({ whose: 'target' })}
          />
        </fieldset>
      </div>
      <div class="tools">
        <label>
          {texts.who}
          <select
            value={wanted.person}
            onChange={({ currentTarget }) => want({ person: currentTarget.value })}
          >
            <option value="">{texts.everybody}</option>
            {colleagues.map(({ user, displayName }) => (
              <option key={user} value={user}>
                {displayName}
              </option>
            ))}
          </select>
        </label>
        <label>
          {texts.fromDay}
          <input
            type="date"
            value={wanted.from}
            onChange={({ currentTarget }) => want({ from: currentTarget.value })}
          />
        </label>
        <label>
          {texts.toDay}
          <input
            type="date"
            value={wanted.to}
            onChange={({ currentTarget }) => want({ to: currentTarget.value })}
          />
        </label>
      </div>
      <ul>
        {record.attempts.map((attempt) => (
          <HistoryRow key={attempt.id} texts={texts} attempt={attempt} me={me?.user} />
        ))}
      </ul>
      <p class="nobody" role="status">
        {record.problem !== undefined
          ? texts.problem(record.problem)
          : record.isLoading
            ? texts.loading
            : record.attempts.length === 0
              ? texts.noHistory
              : ''}
      </p>
      {record.more && (
        <button type="button" class="quiet" onClick={record.more}>
          {texts.more}
        </button>
      )}
    </section>
  );
};
