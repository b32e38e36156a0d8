import type { CallMetadata } from './parse-metadata.ts';

/** Whom a request to the call engine is about. */
export interface OfCall {
  readonly callId: string;
  /** Tag of the leg the request came from; of an `answered` too that is who made the offer. */
  readonly fromTag: string | undefined;
  /** Tag of the other leg, where the PBX said it; in `answered` the one who answers. */
  readonly toTag: string | undefined;
  /** The label given to the leg whose SDP it was: `caller` or `callee`. */
  readonly label: string | undefined;
  /** Branch of a forked INVITE. */
  readonly viaBranch: string | undefined;
  readonly metadata: CallMetadata | undefined;
}

interface EventOfCall extends OfCall {
  /** When the call engine took the request, ms since the epoch, by the call engine's clock (the same machine's). */
  readonly at: number;
  /** When the call engine answered it. */
  readonly doneAt: number;
}

/** What the call engine was asked to do to a call, and did: a refused request is no event. */
export type CallEvent =
  | (EventOfCall & { readonly kind: 'offered'; readonly fromTag: string })
  | (EventOfCall & { readonly kind: 'answered'; readonly fromTag: string; readonly toTag: string })
  | (EventOfCall & { readonly kind: 'deleted' });
