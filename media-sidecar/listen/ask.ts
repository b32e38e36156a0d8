import type { AdmissionReason, EndReason, Verdict } from '@medlyssning/policy';

/** What the PBX says of the one who asks. It is believed only because it comes from a trusted peer (R8). */
export interface ListenerClaim {
  /** URIs of P-Asserted-Identity, in the order they stood. */
  readonly identities: readonly string[];
  /** Name of the device, from the configured header. */
  readonly device: string | undefined;
  /** P-Access-Network-Info, where the PBX passes it on. */
  readonly accessNetwork: string | undefined;
}

/** One attempt to listen, as a door hands it on. */
export interface Ask {
  readonly claim: ListenerClaim;
  /** What was dialled after the feature code; `undefined` where the code was not the company's. */
  readonly dialled: (featureCode: string) => string | undefined;
  /** The listener's SDP offer; `undefined` where it made none that can be answered. */
  readonly sdp: string | undefined;
  /** Aborted when the listener gives up before the answer (CANCEL). */
  readonly signal: AbortSignal;
}

/** A listen that is up. */
export interface ListenHandle {
  readonly id: string;
  /** Resolves with the reason the moment the listen is over; the media is taken down after that. */
  readonly ended: Promise<EndReason>;
  end(reason: EndReason): void;
  /** Answers a new offer of the listener's (re-INVITE: moved ports, hold); what is heard stays the same. */
  reoffer(sdp: string): Promise<string>;
}

export type AskOutcome =
  | { readonly kind: 'joined'; readonly listen: ListenHandle; readonly sdp: string }
  | {
      readonly kind: 'refused';
      readonly reason: AdmissionReason;
      readonly language: 'sv' | 'en';
      /** The verdict, where the attempt came as far as a decision. */
      readonly verdict?: Verdict;
    };
