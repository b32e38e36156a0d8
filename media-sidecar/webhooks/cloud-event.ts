import { createHash } from 'node:crypto';
import { shortenNumber } from '@medlyssning/policy';
import type { ListenEvent, Named, ProfileSwitched } from '../events/event-stream.ts';

export type ToldEvent = ListenEvent | ProfileSwitched;

/** A CloudEvent 1.0, sent in structured JSON, so that the signature covers its attributes too (ADR 24). */
export interface CloudEvent {
  readonly specversion: '1.0';
  /** The same at each try, and whichever node tells of it. Without a full stop, which parts what is signed. */
  readonly id: string;
  /** The media node that saw it. */
  readonly source: string;
  readonly type: string;
  /** The listen, or the user, that it is about. */
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly data: object;
}

export const cloudEventType = 'application/cloudevents+json; charset=utf-8';

/** What happened, as it is told outside: people by the names of their Users, numbers shortened. */
export const cloudEvent = (node: string, event: ToldEvent): CloudEvent => ({
  specversion: '1.0',
  source: `/medlyssning/nodes/${node}`,
  time: new Date(event.at).toISOString(),
  datacontenttype: 'application/json',
  ...(event.kind === 'profileSwitched' ? ofProfile(event) : ofListen(event)),
});

const kinds = { joined: 'started', ended: 'ended', refused: 'refused' } as const;

const ofListen = (event: ListenEvent) => {
  const kind = kinds[event.kind];
  const { id } = event;
  return {
    id: `${id}-${kind}`,
    type: `dev.medlyssning.listen.${kind}`,
    subject: id,
    data: event.kind === 'refused' ? refusal(event) : listen(event),
  };
};

const listen = (event: Exclude<ListenEvent, { kind: 'refused' }>) => {
  const { id, callId, listener, listenerName, target } = event;
  return {
    id,
    callId,
    listener: { user: listener.name, displayName: listenerName },
    target: { user: target.name },
    ...(event.kind === 'ended' && { reason: event.reason }),
  };
};

const refusal = ({ id, reason, asked }: Extract<ListenEvent, { kind: 'refused' }>) => ({
  id,
  reason,
  ...(asked && { listener: shortened(asked.listener), target: shortened(asked.target) }),
});

const shortened = ({ user, number }: Named) => ({ user, number: shortenNumber(number) });

const ofProfile = ({ company, user, profile, previous, since }: ProfileSwitched) => {
  const hash = createHash('sha256').update(JSON.stringify([company, user, profile, since]));
  return {
    id: `profile-${hash.digest('hex').slice(0, 32)}`,
    type: 'dev.medlyssning.profile.switched',
    subject: user,
    data: {
      user,
      profile,
      since: new Date(since).toISOString(),
      ...(previous !== undefined && { previous }),
    },
  };
};
