import type { MediaNodeStatus } from '@medlyssning/policy';
import type { ChainHead } from '../audit/chain/chain-row.ts';
import type { Malformed } from '../policy/watched-policies.ts';

type Condition = NonNullable<MediaNodeStatus['conditions']>[number];

/** What a media node is and does at one moment. */
export interface NodeState {
  /** Engines whose version is not known are left out. */
  readonly versions: NonNullable<MediaNodeStatus['versions']>;
  readonly resourceVersion: string | undefined;
  readonly malformed: Malformed;
  readonly mirror: { readonly state: 'up' | 'down' | 'none'; readonly missed: number };
  readonly audit: ChainHead;
  readonly calls: number;
  readonly listens: number;
  /** What keeps the node from taking listens; empty when it is ready. */
  readonly notReady: readonly string[];
}

/** As long as the CRD lets a message be. */
const maxMessage = 1024;
const mirrorStates = { up: 'Connected', down: 'Down', none: 'Polling' } as const;

/** What the MediaNode says of this state. `before` is what it said last, from which it takes since when things are so. */
export const mediaNodeStatus = (
  { versions, resourceVersion, malformed, mirror, audit, calls, listens, notReady }: NodeState,
  before: MediaNodeStatus | undefined,
  generation: number,
  now: Date,
): MediaNodeStatus => {
  const at = now.toISOString();
  const condition = (
    type: string,
    holds: boolean,
    [reason, otherwise]: readonly [string, string],
    message: string,
  ): Condition => {
    const status = holds ? 'True' : 'False';
    const last = before?.conditions?.find((other) => other.type === type);
    return {
      type,
      status,
      observedGeneration: generation,
      lastTransitionTime: last?.status === status ? last.lastTransitionTime : at,
      reason: holds ? reason : otherwise,
      message: message.slice(0, maxMessage),
    };
  };
  const state = mirrorStates[mirror.state];
  const unread = [...malformed].map(([key, problem]) => `ForkPolicy ${key}: ${problem}`);
  return {
    observedGeneration: generation,
    versions,
    ...(resourceVersion !== undefined && { policyResourceVersion: resourceVersion }),
    mirror: {
      state,
      since: before?.mirror?.state === state ? (before.mirror.since ?? at) : at,
      missed: mirror.missed,
    },
    ...(audit.seq > 0 && { audit: { rows: audit.seq, head: audit.hash } }),
    calls,
    listens,
    conditions: [
      condition(
        'Ready',
        notReady.length === 0,
        ['Ready', 'NotReady'],
        notReady.length === 0
          ? 'A policy is applied and both engines answer.'
          : `Listening is refused: ${notReady.join(', ')}.`,
      ),
      condition(
        'PolicyApplied',
        resourceVersion !== undefined && unread.length === 0,
        ['Applied', resourceVersion === undefined ? 'NotListed' : 'PolicyMalformed'],
        resourceVersion === undefined
          ? 'The policies have not been listed yet.'
          : unread.length === 0
            ? 'Every policy of the pool is enforced.'
            : `Cannot be read, so that its users are refused: ${unread.join('; ')}`,
      ),
    ],
  };
};
