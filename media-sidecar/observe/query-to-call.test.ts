import type { QueryAnswer, QueryTag } from 'rtpengine-ng-client';
import { describe, expect, it } from 'vitest';
import { describeCall } from './query-to-call.ts';

const edges = (tags: readonly string[], type: string) => tags.map((tag) => ({ tag, type }));

interface Told {
  readonly label?: string;
  readonly with?: readonly string[];
  readonly listensTo?: readonly string[];
  readonly heardBy?: readonly string[];
  readonly gone?: boolean;
  readonly metadata?: string;
}

const tag = (name: string, told: Told): QueryTag => ({
  tag: name,
  ...(told.label !== undefined && { label: told.label }),
  ...(told.metadata !== undefined && { metadata: told.metadata }),
  'tag-aliases': [],
  subscriptions: [...edges(told.with ?? [], 'offer/answer'), ...edges(told.listensTo ?? [], 'pub/sub')],
  subscribers: [...edges(told.with ?? [], 'offer/answer'), ...edges(told.heardBy ?? [], 'pub/sub')],
  medias: [{ flags: [], streams: [{ flags: [], ...(!told.gone && { 'local port': 30_000 }) }] }],
});

const call = (tags: Readonly<Record<string, Told>>): QueryAnswer => ({
  created: 1_700_000_000,
  metadata: 'caller:1|callee:2',
  tags: new Map(
    Object.entries(tags).map(([name, told]) => [name, tag(name.startsWith('<') ? '' : name, told)]),
  ),
});

const talk = (answer: QueryAnswer) =>
  Object.fromEntries(describeCall(answer).legs.map((leg) => [leg.tag, leg.talksWith]));

describe('describeCall', () => {
  it.each([
    ['an answered call', { a: { with: ['b'] }, b: { with: ['a'] } }, { a: ['b'], b: ['a'] }],
    ['a ringing call', { a: { with: [''] }, '<untagged 1>': { with: ['a'] } }, { a: [] }],
    [
      'a forked call: losing branches stay without peers',
      { a: { with: ['c'] }, b: {}, c: { with: ['a'] }, '<untagged 3>': {} },
      { a: ['c'], b: [], c: ['a'] },
    ],
    [
      'an answered call being offered to one more (re-INVITE before its answer)',
      { a: { with: ['', 'b'] }, b: { with: ['a'] }, '<untagged 2>': { with: ['a'] } },
      { a: ['b'], b: ['a'] },
    ],
    [
      'a BYE from one leg of a forked call',
      { a: { with: ['b'] }, b: { with: ['a'], gone: true } },
      { a: [], b: [] },
    ],
    ['one-sided subscriptions are no talk', { a: { with: ['b'] }, b: {} }, { a: [], b: [] }],
    [
      'listeners are no legs, up or dead',
      {
        a: { with: ['b'], heardBy: ['medlyssning-1', 'x'] },
        b: { with: ['a'] },
        'medlyssning-1': { listensTo: ['a'] },
        'medlyssning-0': { gone: true },
        x: { listensTo: ['a'] },
      },
      { a: ['b'], b: ['a'] },
    ],
  ])('%s', (_, tags, expected) => {
    expect(talk(call(tags))).toEqual(expected);
  });

  it('tells labels, metadata, presence and the start', () => {
    const answer = call({
      a: { with: ['b'], label: 'caller', metadata: 'caller:9' },
      b: { with: ['a'], gone: true },
    });
    const description = describeCall(answer);
    expect(description.createdAt).toBe(1_700_000_000_000);
    expect(describeCall({ ...answer, created_ts: 1_700_000_000_123_999 }).createdAt).toBe(1_700_000_000_123);
    expect(description.metadata).toEqual({ domain: undefined, caller: '1', callee: '2' });
    expect(description.legs[0]).toMatchObject({ label: 'caller', metadata: { caller: '9' }, present: true });
    expect(description.legs[1]?.present).toBe(false);
  });

  it('finds subscriptions of our own that are up, and takes nobody else’s tag for one', () => {
    const description = describeCall(
      call({
        a: { with: ['b'], label: 'medlyssning' },
        b: { with: ['a'] },
        'medlyssning-1': { listensTo: ['a'], label: 'medlyssning' },
        'medlyssning-2': { label: 'medlyssning', gone: true },
        'medlyssning-3': { listensTo: ['a'], label: 'other' },
        x: { listensTo: ['a'], label: 'medlyssning' },
      }),
    );
    expect(description.subscriptionsLabelled('medlyssning')).toEqual(['medlyssning-1']);
  });
});
