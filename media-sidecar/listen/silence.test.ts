import type { QueryAnswer } from 'rtpengine-ng-client';
import { expect, it } from 'vitest';
import type { ListenerMedia } from './ask.ts';
import { listening } from './listening.fixture.ts';
import { Silence } from './silence.ts';

const heardOf = async (kind: Exclude<ListenerMedia['kind'], 'called'>) => {
  const stage = await listening();
  await stage.ask('karin-desk', { media: { kind, sdp: 'v=0' } });
  const [listen] = stage.service.listens;
  if (!listen) throw new Error('nobody listens');
  let now = 0;
  const silence = new Silence(() => now);
  return (at: number, packet: number | undefined): boolean => {
    now = at;
    const stream = { flags: [], ...(packet !== undefined && { 'last packet': packet }) };
    const tag = { tag: listen.tag, 'tag-aliases': [], subscriptions: [], subscribers: [] };
    const answer: QueryAnswer = {
      created: 0,
      tags: new Map([[listen.tag, { ...tag, medias: [{ flags: [], streams: [stream] }] }]]),
    };
    return silence.isGone(listen, answer);
  };
};

it('a browser is gone once nothing new has come from it for 14 s', async () => {
  const isGone = await heardOf('browser');
  const seen = [
    isGone(0, 100),
    isGone(13_999, 100),
    isGone(14_000, 113),
    isGone(27_999, 113),
    isGone(28_000, 113),
  ];
  expect(seen).toEqual([false, false, false, false, true]);
});

it('a browser that never sent anything is gone as soon', async () => {
  const isGone = await heardOf('browser');
  expect([isGone(0, undefined), isGone(14_000, undefined)]).toEqual([false, true]);
});

it('a phone may be silent: it is asked within its call', async () => {
  const isGone = await heardOf('phone');
  expect([isGone(0, 100), isGone(60_000, 100)]).toEqual([false, false]);
});
