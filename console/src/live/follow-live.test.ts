import { EventEmitter, once } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { Api, Snapshot } from '../api/api.ts';
import type { StreamEvent } from '../api/follow-stream.ts';
import { ProblemAnswer } from '../api/problem-answer.ts';
import type { Action } from '../state/reduce.ts';
import { followLive } from './follow-live.ts';

const snapshot = (name: string) => ({ me: { user: name } }) as unknown as Snapshot;
const colleague = (user: string) => ({ kind: 'colleague', colleague: { user } }) as StreamEvent;
const refresh: StreamEvent = { kind: 'refresh' };

interface Around {
  /** Resolves when the next action of this kind is dispatched. */
  readonly dispatched: (kind: Action['kind']) => Promise<void>;
  /** Aborted when the connection is to end. */
  readonly signal: AbortSignal;
}

/** Follows what these connections say, one after the other, to the end of the last. */
const follow = async (
  connections: readonly ((around: Around) => AsyncGenerator<StreamEvent>)[],
  load: Api['snapshot'],
): Promise<readonly (Action | { readonly kind: 'wait' })[]> => {
  const told: (Action | { readonly kind: 'wait' })[] = [];
  const actions = new EventEmitter();
  const over = new AbortController();
  const left = [...connections];
  const api: Pick<Api, 'events' | 'snapshot'> = {
    snapshot: load,
    events(signal) {
      const next = left.shift();
      if (!next) throw new Error('no more connections');
      const dispatched = async (kind: Action['kind']) => void (await once(actions, kind));
      return next({ dispatched, signal });
    },
  };
  await followLive(
    {
      api,
      dispatch(action) {
        told.push(action);
        actions.emit(action.kind);
      },
      wait: async () => {
        told.push({ kind: 'wait' });
        if (left.length === 0) over.abort();
      },
    },
    over.signal,
  );
  return told;
};

describe('staying live', () => {
  it('tells a snapshot first, then what came while it was fetched, then that it is lost, and again', async () => {
    const loads: (() => void)[] = [];
    const connection = (name: string) =>
      async function* ({ dispatched }: Around) {
        yield refresh;
        yield colleague(`${name} early`);
        const shown = dispatched('snapshot');
        loads.shift()?.();
        await shown;
        yield colleague(`${name} late`);
      };
    let n = 0;
    const told = await follow([connection('1'), connection('2')], async () => {
      n += 1;
      const mine = snapshot(String(n));
      await new Promise<void>((resolve) => loads.push(resolve));
      return mine;
    });
    const once = (name: string) => [
      { kind: 'snapshot', snapshot: snapshot(name) },
      colleague(`${name} early`),
      colleague(`${name} late`),
      { kind: 'lost' },
      { kind: 'wait' },
    ];
    expect(told).toEqual([...once('1'), ...once('2')]);
  });

  it('is lost where the snapshot cannot be fetched, though the stream is open', async () => {
    const open = async function* ({ signal }: Around) {
      yield refresh;
      await once(signal, 'abort');
      signal.throwIfAborted();
    };
    const told = await follow([open], () => Promise.reject(new ProblemAnswer('Unreachable')));
    expect(told).toEqual([{ kind: 'lost' }, { kind: 'wait' }]);
  });

  it('gives up where nobody is signed in any longer', async () => {
    const open = async function* (): AsyncGenerator<StreamEvent> {
      yield* [];
      throw new ProblemAnswer('Unauthenticated');
    };
    await expect(follow([open], async () => snapshot('1'))).rejects.toThrow('Unauthenticated');
  });
});
