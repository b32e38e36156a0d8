import type { Listen } from '../api/views.ts';
import type { Texts } from '../texts/texts.ts';
import { Timer } from './timer.tsx';

export interface AllListensParts {
  readonly texts: Texts;
  readonly listens: readonly Listen[];
  readonly stop: (id: string) => Promise<void>;
  readonly now: () => number;
}

/** For administrators: who listens to whom in the company. */
export const AllListens = ({ texts, listens, stop, now }: AllListensParts) => (
  <section class="all-listens" aria-labelledby="all-listens">
    <h2 id="all-listens">{texts.allListens}</h2>
    {listens.length === 0 ? (
      <p class="nobody">{texts.nobodyListens}</p>
    ) : (
      <table>
        <thead>
          <tr>
            <th scope="col">{texts.listener}</th>
            <th scope="col">{texts.target}</th>
            <th scope="col">{texts.device}</th>
            <th scope="col">{texts.since}</th>
            <th scope="col">
              <span class="unseen">{texts.stopOther}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {listens.map(({ id, listener, target, device, since }) => (
            <tr key={id}>
              <td>{listener.displayName}</td>
              <td>{target.displayName}</td>
              <td>{device?.name ?? '–'}</td>
              <td>{since === null ? texts.starting : <Timer since={since} now={now} />}</td>
              <td>
                <button
                  type="button"
                  class="stop"
                  aria-label={texts.stopFor(listener.displayName, target.displayName)}
                  onClick={() => void stop(id)}
                >
                  {texts.stopOther}
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    )}
  </section>
);
