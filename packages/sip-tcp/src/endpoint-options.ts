import type { UserAgentCoreDelegate } from 'sip.js/lib/core/index.js';
import type { ConnectionsLimits } from './connections.ts';
import { defaultFramingLimits } from './framing.ts';
import type { SipProblem } from './problem.ts';
import type { OptionsAnswer } from './receive.ts';
import type { SocketAddress } from './socket-address.ts';
import type { TrustPeer } from './trusted-peers.ts';

export type SipLimits = ConnectionsLimits;

export const defaultSipLimits: SipLimits = {
  ...defaultFramingLimits,
  maxConnections: 1024,
  connectMs: 3_000,
  idleMs: 15 * 60_000,
  messageMs: 5_000,
  maxUnsentBytes: 1024 * 1024,
};

export interface SipEndpointOptions {
  /** Where to listen, at least one; port 0 takes a free one. The first gives the Contact and the Via. */
  readonly listen: readonly [SocketAddress, ...SocketAddress[]];
  /** Host others reach us by, where it is not the first `listen` host (`0.0.0.0`). */
  readonly contactHost?: string;
  /** User part of Contact and address of record. */
  readonly user: string;
  /** Host part of the address of record, used in From; default: that of the Contact. */
  readonly domain?: string;
  readonly displayName?: string;
  /** User-Agent and Server header. */
  readonly userAgent: string;
  /** Who may connect and send requests; see `trustedPeers`. */
  readonly isTrusted: TrustPeer;
  /** Next hop of every request without a Route. */
  readonly outboundProxy?: SocketAddress;
  /** What answers a 401 or 407. */
  readonly credentials?: { readonly username: string; readonly password: string };
  /** INVITE, MESSAGE, REFER … outside a dialog. `originOf(request.message)` has the request-URI as dialled. */
  readonly delegate?: UserAgentCoreDelegate;
  /** Answer to OPTIONS outside a dialog; default 200. */
  readonly answerOptions?: () => OptionsAnswer;
  readonly onProblem?: (problem: SipProblem) => void;
  readonly limits?: Partial<SipLimits>;
}
