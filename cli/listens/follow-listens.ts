import { z } from 'zod';
import { whyText } from '../errors.ts';
import { readEvents } from '../sidecar/read-events.ts';
import { SidecarRefused } from '../sidecar/refused.ts';
import type { Sidecar } from '../sidecar/sidecar.ts';
import { endedListenSchema, type Listen, listenSchema } from '../sidecar/views.ts';
import { type ListenChange, LiveListens } from './live-listens.ts';

export interface FollowParts {
  readonly sidecar: Sidecar;
  /** For machines: whose listens. */
  readonly company: string | undefined;
  /** Resolves after so many ms. */
  readonly wait: (ms: number) => Promise<void>;
  /** The sidecar is not to be reached now, for this reason, and is tried again. */
  readonly onLost: (why: string) => void;
  readonly now: () => Date;
}

type Follow = (parts: FollowParts, live: LiveListens) => AsyncGenerator<readonly ListenChange[]>;

const firstWaitMs = 1_000;
const longestWaitMs = 15_000;
const pollMs = 2_000;
/** What trying again does not change. */
const final: ReadonlySet<number> = new Set([400, 401, 403, 404]);

/** All that the bearer of the token may know of. @throws Unanswered */
export const listensNow = async ({
  sidecar,
  company,
}: Pick<FollowParts, 'sidecar' | 'company'>): Promise<readonly Listen[]> => {
  const answer = z.object({ listens: z.array(listenSchema) });
  return (await sidecar.ask({ path: '/v1/listens', query: { company } }, answer)).listens;
};

/**
 * Tells of listens as they come and go, first those that are there, until whoever reads stops. People are told by the stream of events,
 * which goes on behind the last event that was read; machines have none, and ask every two seconds.
 * @throws Unanswered where the first answer is one, or trying again is of no use
 */
export async function* followListens(parts: FollowParts): AsyncGenerator<readonly ListenChange[]> {
  const { sidecar, wait, onLost, now } = parts;
  const live = new LiveListens(now);
  yield live.all(await listensNow(parts));
  const follow = (await hasEvents(sidecar)) ? byEvents() : byAsking;
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(2 * waitMs, longestWaitMs)) {
    try {
      for await (const changes of follow(parts, live)) {
        waitMs = firstWaitMs;
        yield changes;
      }
    } catch (error) {
      if (error instanceof SidecarRefused && final.has(error.status)) throw error;
      onLost(whyText(error));
    }
    // not all who were cut off in the same moment
    await wait(waitMs * (0.5 + Math.random() / 2));
  }
}

/** Is there a stream for the bearer of this token? */
const hasEvents = async (sidecar: Sidecar): Promise<boolean> => {
  try {
    await (await sidecar.events(undefined)).cancel();
    return true;
  } catch (error) {
    if (error instanceof SidecarRefused && error.status === 401) return false;
    throw error;
  }
};

/** One stream, to its end; the next goes on behind it. */
const byEvents = (): Follow => {
  let last: string | undefined;
  return async function* (parts, live) {
    for await (const { id, event, data } of readEvents(await parts.sidecar.events(last))) {
      // An event of another name is of a later sidecar.
      if (event === 'refresh') yield live.all(await listensNow(parts));
      else if (event === 'listen') yield live.one(listenEvent.parse(JSON.parse(data)));
      last = id ?? last;
    }
  };
};

const listenEvent = z.union([endedListenSchema, listenSchema]);

const byAsking: Follow = async function* (parts, live) {
  for (;;) {
    await parts.wait(pollMs);
    yield live.all(await listensNow(parts));
  }
};
