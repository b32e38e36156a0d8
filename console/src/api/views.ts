/** What the HTTP API answers: its own types, so that the page cannot drift from it. */
import type { AttemptView } from '@medlyssning/media-sidecar/doors/http/views/attempt-view.ts';
import type { ColleagueView } from '@medlyssning/media-sidecar/doors/http/views/colleague-view.ts';
import type { ListenView } from '@medlyssning/media-sidecar/doors/http/views/listen-view.ts';
import type { MeView } from '@medlyssning/media-sidecar/doors/http/views/me-view.ts';
import type { PersonView } from '@medlyssning/media-sidecar/doors/http/views/person-view.ts';
import type { EndReason } from '@medlyssning/policy';

export type Person = PersonView;
export type Colleague = ColleagueView;
export type Listen = ListenView;
export type Me = MeView;
/** What the record says of an attempt. */
export type RecordedAttempt = AttemptView;

/** A listen that is over. */
export interface EndedListen {
  readonly id: string;
  readonly state: 'ended';
  readonly listener: Person;
  readonly target: Person;
  readonly reason: EndReason;
}
