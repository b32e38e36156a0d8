import type { SocketAddress } from '@medlyssning/sip-tcp';
import type { AudioSource } from '../rtp/audio-source.ts';
import type { G711Codec } from '../rtp/g711.ts';

/** What a phone does with a call that comes in. */
export type IncomingPolicy =
  | { readonly kind: 'answer' }
  /** Rings until the test answers, refuses or the caller gives up. */
  | { readonly kind: 'ring' }
  | { readonly kind: 'refuse'; readonly status: number };

export interface PhoneOptions {
  /** User part of its address: extension or number. */
  readonly user: string;
  /** Domain of its address; default: its own IP address. */
  readonly domain?: string;
  readonly displayName?: string;
  /** For digest, with `user` or `authUser` as name. */
  readonly password?: string;
  readonly authUser?: string;
  /** The PBX: next hop of all it sends without a Route. Without it the phone goes straight to the URI. */
  readonly pbx?: SocketAddress;
  /** Local IPv4 address for SIP and RTP, default 127.0.0.1; 127.0.0.2 and on make trunks and strangers. */
  readonly bind?: string;
  /** User-Agent header: anything, for phones that pretend. */
  readonly userAgent?: string;
  /** What it says in every call, unless the call says otherwise. Default: silence. */
  readonly source?: AudioSource;
  /** Codecs offered, in order. Default PCMA, PCMU. */
  readonly codecs?: readonly G711Codec[];
  /** Default: answer. */
  readonly incoming?: IncomingPolicy;
}

/** How one call is made. */
export interface CallOptions {
  /** What it says in this call. */
  readonly source?: AudioSource;
  /** More header lines, forged ones included: `header('P-Asserted-Identity', '<sip:…>')`. */
  readonly headers?: readonly string[];
  /** From URI other than the phone's own. */
  readonly from?: string;
  readonly codecs?: readonly G711Codec[];
  /** Body in place of the SDP offer; '' for none. For what no phone would send. */
  readonly sdp?: string;
}
