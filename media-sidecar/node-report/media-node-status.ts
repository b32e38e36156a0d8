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
  /** Rows that were written are gone from the store of audit records. */
  readonly auditRowsMissing: boolean;
  readonly calls: number;
  readonly listens: number;
  /** What keeps the node from taking listens; empty when it is ready. */
  readonly notReady: readonly string[];
}

/** As long as the CRD lets a message be. */
const maxMessage = 1024;
const mirrorStates = { up: 'Connected', down: 'Down', none: 'Polling' } as const;

/**
 * What the MediaNode says of this state. `before` is what it said last, from which it takes since when things are so; that audit records
 * are gone, and where their chain ended while no store says so, stays as it was.
 */
export const mediaNodeStatus = (
  {
    versions,
    resourceVersion,
    malformed,
    mirror,
    audit,
    auditRowsMissing,
    calls,
    listens,
    notReady,
  }: NodeState,
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
  const chain = audit.seq > 0 ? { rows: audit.seq, head: audit.hash } : before?.audit;
  const saidMissing = before?.conditions?.some(
    ({ type, status }) => type === 'AuditIntact' && status === 'False',
  );
  const isIntact = !auditRowsMissing && saidMissing !== true;
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
    ...(chain && { audit: chain }),
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
      condition(
        'AuditIntact',
        isIntact,
        ['Intact', 'RowsMissing'],
        isIntact
          ? 'Every audit record up to the head is in the store, as far as is known.'
          : 'Audit records that were written are gone from the store. Look into it, delete this MediaNode and restart its sidecar.',
      ),
    ],
  };
};
