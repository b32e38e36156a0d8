import type { Condition, ObjectMeta } from '../generated/resources.ts';
import { stalledFinding } from './stalled.ts';

/** Something of the API that carries conditions. */
export interface Conditioned {
  readonly metadata: ObjectMeta;
  readonly status?: { readonly conditions?: readonly Condition[] };
}

/** A condition before it is known when it last changed. */
export interface Finding {
  readonly type: string;
  readonly holds: boolean | 'unknown';
  /** Stable code, PascalCase. */
  readonly reason: string;
  /** A sentence for people, never with a full phone number. */
  readonly message: string;
}

/** What can be wrong with an object; its first problem is the reason of `Ready`. */
export type Problem = Pick<Finding, 'reason' | 'message'>;

const longestMessage = 1024;

/** `Ready`: true without problems; else false with the first one's reason and all the sentences. */
export function readyFinding(problems: readonly Problem[], message: string): Finding {
  const first = problems[0];
  return first === undefined
    ? { type: 'Ready', holds: true, reason: 'Compiled', message }
    : {
        type: 'Ready',
        holds: false,
        reason: first.reason,
        message: problems.map((p) => p.message).join(' '),
      };
}

/** Makes the conditions of an object, `Stalled` among them where `Ready` will not come by itself; one whose status did not change keeps its `lastTransitionTime`. */
export function conditionsOf(
  object: Conditioned,
  findings: readonly Finding[],
  now: Date,
): readonly Condition[] {
  const generation = object.metadata.generation;
  const time = toSeconds(now);
  return [...findings, ...stalledFinding(findings)].map(({ type, holds, reason, message }) => {
    const status = holds === 'unknown' ? 'Unknown' : holds ? 'True' : 'False';
    const before = object.status?.conditions?.find((condition) => condition.type === type);
    return {
      type,
      status,
      ...(generation !== undefined && { observedGeneration: generation }),
      lastTransitionTime: before?.status === status ? before.lastTransitionTime : time,
      reason,
      message: message.length > longestMessage ? `${message.slice(0, longestMessage - 1)}…` : message,
    };
  });
}

/** Kubernetes keeps whole seconds in `metav1.Time`. */
function toSeconds(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}

/** `observedGeneration` where the source counts generations; a directory does not. */
export function observed(object: Conditioned): { readonly observedGeneration?: number } {
  const generation = object.metadata.generation;
  return generation === undefined ? {} : { observedGeneration: generation };
}
