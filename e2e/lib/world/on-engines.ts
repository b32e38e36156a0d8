import { isOwnTag } from '@medlyssning/media-sidecar/engines/own-tag.ts';
import type { NgClient, QueryTag } from 'rtpengine-ng-client';
import { engineClient } from './engine-client.ts';
import type { World } from './world.ts';

/** What listening has up on the engines, asked of the engines themselves. */
export interface OnEngines {
  /** Copies of parties' audio, over all calls of the call engine. */
  readonly relays: number;
  /** Packets that came into the call engine by those copies: the way back that does not exist. */
  readonly intoRelays: number;
  /** Mixes and listeners of the listening engine. */
  readonly mixes: number;
  /** Packets the listeners sent, which end in the listening engine. */
  readonly fromListeners: number;
}

export const nothing: OnEngines = { relays: 0, intoRelays: 0, mixes: 0, fromListeners: 0 };

export const onEngines = async (world: World): Promise<OnEngines> => {
  await using calls = engineClient(world, 'call');
  await using listens = engineClient(world, 'listening');
  const relays = (await tagsOn(calls)).tags.filter(({ tag }) => isOwnTag(tag));
  const { callIds, tags } = await tagsOn(listens);
  return {
    relays: relays.filter((tag) => streamsOf(tag).some((stream) => stream['local port'] !== undefined))
      .length,
    intoRelays: packetsInto(relays),
    mixes: callIds.length,
    fromListeners: packetsInto(tags.filter(({ tag }) => tag.startsWith('listener-'))),
  };
};

/** All parties on an engine. Once connected, mix and listeners are one call under several call-ids. */
const tagsOn = async (engine: NgClient) => {
  const { calls: callIds } = await engine.list({ limit: 10_000 });
  const tags = new Map<string, QueryTag>();
  for (const callId of callIds) {
    // it may be over by now
    const call = await engine.query({ 'call-id': callId }).catch(() => undefined);
    for (const tag of call?.tags.values() ?? []) tags.set(tag.tag, tag);
  }
  return { callIds, tags: [...tags.values()] };
};

const streamsOf = ({ medias }: QueryTag) => medias.flatMap(({ streams }) => streams);

const packetsInto = (tags: readonly QueryTag[]) =>
  tags.flatMap(streamsOf).reduce((sum, { stats }) => sum + (stats?.packets ?? 0), 0);
