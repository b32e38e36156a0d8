import {
  type Clock,
  type EventRecorder,
  type KubeApi,
  pause,
  type ResourceType,
  StatusWriter,
} from 'kube-runtime';
import { fieldManager } from '../compile/write-policies.ts';
import type { Stored } from '../watch/resources.ts';
import * as resources from '../watch/resources.ts';
import type { ObjectKey, ReportedKind } from './object-key.ts';
import { createPace } from './pace.ts';
import { reasonChanges } from './reason-changes.ts';
import type { Desired, Reported, Reporter } from './reporter.ts';

export interface StatusParts {
  readonly reporter: Reporter;
  readonly api: KubeApi;
  readonly events: Pick<EventRecorder, 'record'>;
  readonly clock: Clock;
  readonly now: () => Date;
  /** Is a policy being written, or waiting to be? That comes first. */
  readonly policiesWait: () => boolean;
  readonly onWritten: (kind: Desired['object']['kind']) => void;
}

/** Statuses a second: enough for a company of 50,000 in two minutes, little enough to leave the API server its breath. */
const perSecond = 400;
/** A status gives way to policies for at most this long, ms: under endless changes it is still told. */
const giveWayMs = 250;
const lookMs = 10;

/** Writes the status that each key asks for, where it is not that already, and tells of new reasons by events. */
export const createStatusHandler = (parts: StatusParts) => {
  const { reporter, api, clock } = parts;
  const pace = createPace(perSecond, clock);
  const writerOf = (type: ResourceType<Stored<Reported>>, fields: readonly string[]) =>
    new StatusWriter<Stored<Reported>>({ api, fieldManager, now: parts.now, type, fields });
  const writers: Readonly<Record<ReportedKind, StatusWriter<Stored<Reported>>>> = {
    Company: writerOf(resources.companies, ['users', 'licensed', 'mayListen', 'seats', 'shards', 'nodes']),
    Profile: writerOf(resources.profiles, []),
    User: writerOf(resources.users, ['licensed', 'mayListen']),
    Entitlement: writerOf(resources.entitlements, ['granted', 'subjects']),
    ForkPolicy: writerOf(resources.forkPolicies, []),
  };
  const giveWay = async (signal: AbortSignal): Promise<void> => {
    const until = clock.now() + giveWayMs;
    while (parts.policiesWait() && clock.now() < until && !signal.aborted) await pause(clock, lookMs, signal);
  };

  return async (key: ObjectKey, signal: AbortSignal): Promise<void> => {
    if (reporter.desired(key) === undefined) return;
    await giveWay(signal);
    // Asked only now: what was waited for may have changed it.
    const desired = reporter.desired(key);
    if (desired === undefined) return;
    signal.throwIfAborted();
    const { object, status } = desired;
    if ((await writers[object.kind].write(object, status)) !== 'written') return;
    parts.onWritten(object.kind);
    tellReasons(desired, parts.events);
    await pace(signal);
  };
};

const tellReasons = ({ object, status }: Desired, events: StatusParts['events']): void => {
  const { apiVersion, kind, metadata } = object;
  const { namespace, name, uid } = metadata;
  for (const { type, reason, message } of reasonChanges(object.status?.conditions, status.conditions))
    events.record({
      regarding: { apiVersion, kind, namespace, name, uid },
      type,
      reason,
      action: 'Compile',
      note: message,
    });
};
