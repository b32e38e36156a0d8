import { useEffect, useState } from 'preact/hooks';
import type { Console } from '../live/console.ts';
import type { Session } from '../session/session.ts';
import { listenersOfMe, type State } from '../state/state.ts';
import { AllListens } from './all-listens.tsx';
import { Colleagues } from './colleagues.tsx';
import { Header } from './header.tsx';
import { History } from './history.tsx';
import type { Speaks } from './language-switch.tsx';
import { ListenBar } from './listen-bar.tsx';
import { ListenersBanner } from './listeners-banner.tsx';
import { NoticeLine } from './notice-line.tsx';
import { type PageName, Pages } from './pages.tsx';

export interface DeskParts extends Speaks {
  readonly console: Console;
  readonly session: Session;
}

/** What somebody signed in has before them. */
export const Desk = ({ console, session, ...speaks }: DeskParts) => {
  const state = useLive(console);
  const [page, setPage] = useState<PageName>('colleagues');
  const { texts } = speaks;
  const names = listenersOfMe(state).map(({ listener }) => listener.displayName);
  const said = names.length > 0 ? texts.listensToYou(names) : undefined;
  useEffect(() => {
    document.title = said === undefined ? texts.title : `● ${said}`;
  }, [said, texts]);
  return (
    <>
      <Header {...speaks} state={state} signOut={session.signOut} />
      <ListenersBanner texts={texts} said={said} />
      {state.link === 'lost' && (
        <p class="lost" role="alert">
          {texts.lost}
        </p>
      )}
      <NoticeLine texts={texts} notice={state.notice} dismiss={console.dismiss} />
      <main aria-busy={state.link === 'connecting'}>
        <Pages texts={texts} page={page} show={setPage} />
        {page === 'history' ? (
          <History texts={texts} state={state} console={console} />
        ) : (
          <>
            {state.me?.isAdministrator && state.link === 'live' && (
              <AllListens texts={texts} listens={state.listens} stop={console.stop} now={console.now} />
            )}
            <Colleagues texts={texts} state={state} console={console} />
          </>
        )}
      </main>
      <ListenBar texts={texts} state={state} console={console} />
    </>
  );
};

const useLive = (console: Console): State => {
  const [state, setState] = useState(console.state);
  useEffect(() => {
    setState(console.state);
    return console.subscribe(() => setState(console.state));
  }, [console]);
  return state;
};
