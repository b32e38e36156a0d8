import type { FramingFault } from './framing.ts';

/**
 * What went wrong at the border, for logs and metrics. Carries addresses of peers and fixed words only: never a
 * number, a URI or a body.
 */
export type SipProblem =
  /** A peer that is not trusted connected, or sent a request over a connection of ours. */
  | { readonly kind: 'peerRejected'; readonly address: string }
  /** A trusted peer connected when `maxConnections` were open. */
  | { readonly kind: 'tooManyConnections'; readonly address: string }
  /** The stream could not be read as SIP; the connection was closed. */
  | { readonly kind: 'streamMalformed'; readonly address: string; readonly reason: FramingFault }
  /** A whole message was no valid SIP; a request was answered 400 where its transaction could be told. */
  | { readonly kind: 'messageMalformed'; readonly address: string; readonly reason: string }
  /** A message that came in made the core or its delegate throw; an open INVITE was answered 500. */
  | { readonly kind: 'handlerFailed'; readonly address: string; readonly error: unknown }
  /** A connection stood idle, stalled in the middle of a message, or read too slowly; it was closed. */
  | {
      readonly kind: 'connectionLimit';
      readonly address: string;
      readonly reason: 'Idle' | 'Stalled' | 'SlowReader';
    };
