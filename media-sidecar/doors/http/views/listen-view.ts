import type { DeviceKind, PolicyIndex } from '@medlyssning/policy';
import type { Listen } from '../../../listen/listen.ts';
import type { Caller } from '../sign-in.ts';
import { type PersonView, personView, samePerson } from './person-view.ts';

/** A listen, as those see it who may know of it. */
export interface ListenView {
  readonly id: string;
  readonly state: 'starting' | 'listening';
  readonly listener: PersonView;
  readonly target: PersonView;
  readonly device: { readonly name: string; readonly kind: DeviceKind } | null;
  /** Since when the listener hears, ISO 8601; null until then. */
  readonly since: string | null;
}

export const listenView = (index: PolicyIndex, listen: Listen): ListenView => {
  const { id, device, joinedAt, listener, target } = listen;
  return {
    id,
    state: joinedAt === undefined ? 'starting' : 'listening',
    listener: personView(index, listener),
    target: personView(index, target),
    device: device.kind === 'known' ? { name: device.device.name, kind: device.device.kind } : null,
    since: joinedAt === undefined ? null : new Date(joinedAt).toISOString(),
  };
};

/**
 * Who may know of a listen: whoever listens, whoever is listened to from the first sound on (R6), and the administrators of the
 * company. Colleagues are told nothing of each other's.
 */
export const mayKnow = (
  { person, isAdministrator }: Pick<Caller, 'person' | 'isAdministrator'>,
  { listener, target, joinedAt }: Pick<Listen, 'listener' | 'target' | 'joinedAt'>,
): boolean => {
  if (!person) return false;
  if (samePerson(listener, person)) return true;
  if (samePerson(target, person)) return joinedAt !== undefined;
  return isAdministrator && listener.company === person.company;
};
