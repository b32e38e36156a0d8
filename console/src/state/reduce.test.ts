import { describe, expect, it } from 'vitest';
import type { Colleague, Listen, Me } from '../api/views.ts';
import { type Action, reduce } from './reduce.ts';
import { initialState, listenersOfMe, ownListen, type State } from './state.ts';

const anna: Colleague = {
  user: 'anna',
  displayName: 'Anna Berg',
  extension: '403',
  mayListen: true,
  reason: 'Allowed',
  why: '',
  inCall: true,
  since: '2026-01-31T08:00:00.000Z',
};
const bo: Colleague = { ...anna, user: 'bo', displayName: 'Bo Dahl', inCall: false, since: null };
const me: Me = {
  user: 'karin',
  displayName: 'Karin Ek',
  company: 'Acme',
  language: 'sv',
  isAdministrator: false,
  devices: [],
  listeners: [],
  listening: null,
};
const listen = (id: string, listener: string, target: string): Listen => ({
  id,
  state: 'listening',
  listener: { user: listener, displayName: listener },
  target: { user: target, displayName: target },
  device: null,
  since: '2026-01-31T08:00:10.000Z',
});
const end = (of: Listen, reason: 'CallEnded' | 'ListenerHungUp'): Action => ({
  kind: 'listen',
  listen: { id: of.id, state: 'ended', listener: of.listener, target: of.target, reason },
});

const after = (actions: readonly Action[], from: State = initialState) => actions.reduce(reduce, from);
const live = after([
  { kind: 'snapshot', snapshot: { me, colleagues: [anna, bo], hasMore: false, listens: [] } },
]);

describe('what the page knows', () => {
  it('is live from the first snapshot on', () => {
    expect(initialState.link).toBe('connecting');
    expect(live).toMatchObject({ link: 'live', colleagues: [anna, bo] });
  });

  it('follows each colleague, and takes none in that it does not show', () => {
    const busy = { ...bo, inCall: true };
    const state = after(
      [
        { kind: 'colleague', colleague: busy },
        { kind: 'colleague', colleague: { ...bo, user: 'eva' } },
      ],
      live,
    );
    expect(state.colleagues).toEqual([anna, busy]);
  });

  it('adds what a search found in the order of names', () => {
    const found = [
      { ...anna, user: 'asa', displayName: 'Åsa' },
      bo,
      { ...anna, user: 'bea', displayName: 'Bea' },
    ];
    const state = reduce(live, { kind: 'found', colleagues: found });
    expect(state.colleagues.map(({ user }) => user)).toEqual(['anna', 'bea', 'bo', 'asa']);
  });

  it('knows who listens to oneself, one after the other (R6, R7)', () => {
    const [first, second] = [listen('1', 'sven', 'karin'), listen('2', 'greta', 'karin')];
    const names = (state: State) => listenersOfMe(state).map(({ listener }) => listener.user);
    const both = after(
      [
        { kind: 'listen', listen: { ...first, state: 'starting' } },
        { kind: 'listen', listen: first },
        { kind: 'listen', listen: second },
        { kind: 'listen', listen: listen('3', 'sven', 'anna') },
      ],
      live,
    );
    expect(names(both)).toEqual(['sven', 'greta']);
    const one = reduce(both, end(first, 'ListenerHungUp'));
    expect(names(one)).toEqual(['greta']);
    expect(one.notice).toBeUndefined();
  });

  it('says why one’s own listening ended, unless one ended it oneself', () => {
    const own = listen('1', 'karin', 'anna');
    const hearing = after(
      [
        { kind: 'listen', listen: own },
        { kind: 'attempt', attempt: { kind: 'hearing', id: '1', target: anna } },
      ],
      live,
    );
    expect(ownListen(hearing)).toEqual(own);
    expect(reduce(hearing, end(own, 'CallEnded'))).toMatchObject({
      listens: [],
      attempt: { kind: 'none' },
      notice: { kind: 'ended', target: { user: 'anna' }, reason: 'CallEnded' },
    });
    expect(reduce(hearing, end(own, 'ListenerHungUp'))).toMatchObject({ notice: undefined });
  });

  it('says so where what was heard here ended while the connection was lost', () => {
    const own = listen('1', 'karin', 'anna');
    const lost = after(
      [{ kind: 'attempt', attempt: { kind: 'hearing', id: '1', target: anna } }, { kind: 'lost' }],
      live,
    );
    expect(lost.attempt.kind).toBe('hearing');
    const back = (listens: readonly Listen[]) =>
      reduce(lost, { kind: 'snapshot', snapshot: { me, colleagues: [anna], hasMore: false, listens } });
    expect(back([own]).attempt.kind).toBe('hearing');
    expect(back([])).toMatchObject({ attempt: { kind: 'none' }, notice: { reason: 'MediaFailed' } });
  });

  it('is nothing once the connection is lost: no call, no listener, nobody to listen to', () => {
    const lost = after([{ kind: 'listen', listen: listen('1', 'sven', 'karin') }, { kind: 'lost' }], live);
    expect(lost).toMatchObject({ link: 'lost', listens: [], me });
    expect(lost.colleagues).toMatchObject([
      { user: 'anna', mayListen: false, inCall: null, since: null },
      { user: 'bo', mayListen: false, inCall: null, since: null },
    ]);
  });
});
