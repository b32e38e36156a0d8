import type { AdmissionReason, EndReason, Verdict } from '@medlyssning/policy';
import type { Context } from '@opentelemetry/api';

/** What the PBX says of the one who asks. It is believed only because it comes from a trusted peer (R8). */
export interface ListenerClaim {
  /** URIs of P-Asserted-Identity, in the order they stood. */
  readonly identities: readonly string[];
  /** Name of the device, from the configured header. */
  readonly device: string | undefined;
  /** P-Access-Network-Info, where the PBX passes it on. */
  readonly accessNetwork: string | undefined;
}

/** A question that comes through the PBX. */
export interface DialledQuestion {
  readonly claim: ListenerClaim;
  /** What was dialled after the feature code; `undefined` where the code was not the company's. */
  readonly dialled: (featureCode: string) => string | undefined;
}

/** A question of somebody who signed in. */
export interface SignedInQuestion {
  /** Their login, proved by a token. */
  readonly subject: string;
  /** The device they want to listen on: one of theirs by its name, or the browser they ask from. */
  readonly on: { readonly device: string } | 'browser';
  /** `metadata.name` of the User they want to hear. */
  readonly target: string;
}

/** Who asks, by which device, and whom they want to hear. */
export type Question = DialledQuestion | SignedInQuestion;

/** How a listener's media comes about. */
export type ListenerMedia =
  /** They offer; a browser's stream is encrypted and finds its way by ICE. */
  | { readonly kind: 'phone' | 'browser'; readonly sdp: string }
  /**
   * We offer: `ring` resolves with the answer of the device that is called, and rejects where none comes; `hungUp` is called where it
   * hangs up after its answer.
   */
  | {
      readonly kind: 'called';
      readonly ring: (offer: string, signal: AbortSignal, hungUp: () => void) => Promise<string>;
    };

/** One attempt to listen, as a door hands it on. */
export interface Ask {
  readonly question: Question;
  /** `undefined` where the listener made no offer that can be answered. */
  readonly media: ListenerMedia | undefined;
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

export interface Refused {
  readonly kind: 'refused';
  readonly reason: AdmissionReason;
  readonly language: 'sv' | 'en';
  /** The verdict, where the attempt came as far as a decision. */
  readonly verdict?: Verdict;
}

/** `sdp`: our answer; empty where the offer was ours. */
export type AskOutcome =
  | { readonly kind: 'joined'; readonly listen: ListenHandle; readonly sdp: string }
  | Refused;

/** An attempt that is admitted, recorded, and has its line; it waits for its media, and ends by itself where none comes. */
export interface Admitted {
  readonly kind: 'admitted';
  readonly id: string;
  /** The trace it was asked in, which goes on with its media. */
  readonly askedIn: Context;
  /** To be called once. Never rejects: a fault is a refusal. */
  join(media: ListenerMedia): Promise<AskOutcome>;
  readonly ended: Promise<EndReason>;
  end(reason: EndReason): void;
}
