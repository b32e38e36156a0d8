import { pino } from 'pino';
import { NgError } from 'rtpengine-ng-client';
import { expect, it, vi } from 'vitest';
import { sweepLeftovers } from './sweep-leftovers.ts';

const log = pino({ level: 'silent' });
const silent = () => Promise.reject(new NgError('Timeout', 'No answer came.'));

/** A call between a and b, of which someone takes a copy under this label and tag. */
const copied = (tag: string, label: string) => ({
  created: 0,
  tags: new Map([
    [
      tag,
      {
        tag,
        label,
        'tag-aliases': [],
        subscriptions: [{ tag: 'a', type: 'pub/sub' }],
        subscribers: [],
        medias: [{ flags: [], streams: [{ 'local port': 30_000, flags: [] }] }],
      },
    ],
  ]),
});

const engines = () => {
  const taken: string[] = [];
  const calls = new Map([
    ['ours', copied('medlyssning-1', 'medlyssning')],
    ['a recorder’s', copied('recorder', 'medlyssning')],
    ['another’s of ours', copied('medlyssning-2', 'something else')],
  ]);
  return {
    taken,
    callEngine: {
      list: async () => [...calls.keys()],
      query: async ({ callId }: { readonly callId: string }) => {
        const call = calls.get(callId);
        if (!call) throw new NgError('EngineRefused', 'Unknown call-id');
        return call;
      },
      unsubscribe: async ({ toTag }: { readonly toTag: string }) => void taken.push(toTag),
    },
    listeningEngine: {
      list: async () => ['mix', 'listen'],
      deleteMix: async ({ mix }: { readonly mix: string }) => void taken.push(mix),
    },
  };
};

it('takes down all that is on the listening engine, and on the call engine what bears our tag and label', async () => {
  const { callEngine, listeningEngine, taken } = engines();
  const sweep = await sweepLeftovers({ callEngine, listeningEngine, log });
  expect(sweep.done).toBe(true);
  expect(taken).toEqual(['mix', 'listen', 'medlyssning-1']);
});

it.each(['list', 'query', 'unsubscribe'] as const)(
  'is not done before the call engine has answered %s',
  async (command) => {
    const { callEngine, listeningEngine, taken } = engines();
    let away = true;
    const flaky = {
      ...callEngine,
      [command]: (of: never) => (away ? silent() : (callEngine[command] as (of: never) => unknown)(of)),
    } as typeof callEngine;
    const sweep = await sweepLeftovers({ callEngine: flaky, listeningEngine, log, againMs: 5 });
    expect(sweep.done).toBe(false);
    away = false;
    await vi.waitFor(() => expect(sweep.done).toBe(true));
    expect(taken).toContain('medlyssning-1');
  },
);

it('gives up when it is stopped', async () => {
  const { callEngine, listeningEngine } = engines();
  const list = vi.fn(silent);
  const sweep = await sweepLeftovers({
    callEngine,
    listeningEngine: { ...listeningEngine, list },
    log,
    againMs: 60_000,
  });
  sweep.stop();
  expect([sweep.done, list.mock.calls.length]).toEqual([false, 1]);
});
