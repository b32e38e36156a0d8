import { setTimeout as delay } from 'node:timers/promises';
import { isOwnTag } from '@medlyssning/media-sidecar/engines/own-tag.ts';
import type { NgClient } from 'rtpengine-ng-client';
import { type AudioSource, RtpEndpoint, type RtpTarget } from '../rtp/index.ts';
import { engineClient } from '../world/engine-client.ts';
import type { World } from '../world/world.ts';

/** What a port is for: a copy leaves the call engine, comes into the mix of the listening engine, and the mix goes to a listener. */
export type PortOf = (typeof kinds)[number];

/** Somebody on the network who sends RTP to every port that listening opens, from the moment it is open, all the time. */
export interface RtpStranger extends AsyncDisposable {
  /** Resolves when this many ports of each kind have been found and sent to. */
  found(ports: Readonly<Record<PortOf, number>>): Promise<void>;
  /** Packets that came back, from all ports of a kind or from one port. */
  heard(from: PortOf | number): number;
  /** Goes on to send nothing; what comes back is still counted. */
  mute(): void;
}

interface Port extends RtpTarget {
  readonly kind: PortOf;
}

const kinds = ['copy', 'mix', 'listener'] as const;
const lookEveryMs = 10;

/** A stranger that knows each port at once, which a real one would have to guess. `source`: what it says. */
export const openRtpStranger = async (world: World, source: AudioSource): Promise<RtpStranger> => {
  const [calls, listens] = [engineClient(world, 'call'), engineClient(world, 'listening')];
  const sending = new Map<number, { readonly kind: PortOf; readonly from: RtpEndpoint }>();
  const over = new AbortController();
  const look = async () => {
    const open = [...(await portsOn(calls)), ...(await portsOn(listens))];
    for (const { kind, host, port } of open) {
      if (sending.has(port)) continue;
      const from = await RtpEndpoint.open({ host: '127.0.0.7', source });
      sending.set(port, { kind, from });
      from.speakTo({ host, port }, 'PCMA');
    }
  };
  const looking = (async () => {
    while (!over.signal.aborted) {
      await look();
      await delay(lookEveryMs);
    }
  })();
  return {
    found: async (ports) => {
      const missing = () =>
        kinds.some((kind) => {
          const sent = [...sending.values()].filter((one) => one.kind === kind && one.from.sent > 2);
          return sent.length < ports[kind];
        });
      while (missing()) await Promise.race([delay(lookEveryMs), looking]);
    },
    heard: (from) => {
      const ears = [...sending].filter(([port, { kind }]) => from === port || from === kind);
      return ears.reduce((sum, [, ear]) => sum + ear.from.received.length, 0);
    },
    mute: () => {
      over.abort();
      for (const { from } of sending.values()) from.mute();
    },
    [Symbol.asyncDispose]: async () => {
      over.abort();
      await looking;
      await Promise.all([...sending.values()].map(({ from }) => from.close()));
      await Promise.all([calls[Symbol.asyncDispose](), listens[Symbol.asyncDispose]()]);
    },
  };
};

/** The open RTP ports of listening on an engine; a call's own are none of them. */
const portsOn = async (engine: NgClient): Promise<readonly Port[]> => {
  const { calls } = await engine.list({ limit: 10_000 });
  const found = await Promise.all(
    calls.map(async (callId) => {
      // it may be over by now
      const call = await engine.query({ 'call-id': callId }).catch(() => undefined);
      return [...(call?.tags.values() ?? [])];
    }),
  );
  return found.flat().flatMap(({ tag, medias }) => {
    const kind = kindOf(tag);
    if (kind === undefined) return [];
    return medias.flatMap(({ streams }) => {
      // the second stream is RTCP
      const [rtp] = streams;
      const port = rtp?.['local port'];
      return port === undefined ? [] : [{ kind, host: '127.0.0.1', port }];
    });
  });
};

const kindOf = (tag: string): PortOf | undefined => {
  if (isOwnTag(tag)) return 'copy';
  if (tag.startsWith('relay-')) return 'mix';
  return tag.startsWith('listener-') ? 'listener' : undefined;
};
