import type { NgArguments } from './ng-value.ts';

/**
 * The arguments of the typed commands, under rtpengine's own names, so that its documentation
 * (ng_control_protocol.md) is the documentation. Commands that take the options of `offer` are open to every key; the
 * others are closed, so that a misspelt key does not compile (type aliases, since interfaces do not fit `NgArguments`).
 */
export interface MediaOptions extends NgArguments {
  readonly flags?: readonly string[] | undefined;
  readonly label?: string | undefined;
  /** Free text kept with the party and shown by `query`. */
  readonly metadata?: string | undefined;
  /** `always` makes rtpengine generate one steady stream and mix into it what the party receives. */
  readonly 'audio player'?: 'default' | 'transcoding' | 'off' | 'always' | undefined;
  /** `RTP/AVP`, `UDP/TLS/RTP/SAVPF`, … */
  readonly 'transport-protocol'?: string | undefined;
  readonly ICE?: 'remove' | 'force' | 'force-relay' | 'default' | 'optional' | undefined;
  readonly codec?: NgArguments | undefined;
}

export interface OfferRequest extends MediaOptions {
  readonly 'call-id': string;
  readonly 'from-tag': string;
  readonly sdp: string;
  readonly 'to-tag'?: string | undefined;
}

export interface AnswerRequest extends OfferRequest {
  readonly 'to-tag': string;
}

export type DeleteRequest = {
  readonly 'call-id': string;
  /** Without it the whole call is deleted. */
  readonly 'from-tag'?: string;
  readonly 'to-tag'?: string;
  /** Seconds the engine keeps the party; its own default is 30. */
  readonly 'delete-delay'?: number;
  /** `fatal`: an unknown call is an error, not a warning. `fast`: answer without statistics. */
  readonly flags?: readonly ('fatal' | 'fast' | 'to-tag')[];
};

export type QueryRequest = {
  readonly 'call-id': string;
  /** Show this party only. */
  readonly 'from-tag'?: string;
  readonly 'to-tag'?: string;
};

export type ListRequest = {
  /** The engine's default is 32. */
  readonly limit?: number;
};

/** Listen to parties of a call: one `from-tag`, several `from-tags`, or all. */
export interface SubscribeRequestRequest extends MediaOptions {
  readonly 'call-id': string;
  readonly 'from-tag'?: string | undefined;
  readonly 'from-tags'?: readonly string[] | undefined;
  /** The tag the subscriber shall have; made up by the engine if absent. */
  readonly 'to-tag'?: string | undefined;
  /** The subscriber's label. (`label` would select whom to listen to.) */
  readonly 'set-label'?: string | undefined;
}

/** `flags` with `allow transcoding`, where the SDP names fewer codecs than were offered. */
export interface SubscribeAnswerRequest extends MediaOptions {
  readonly 'call-id': string;
  readonly 'to-tag': string;
  readonly sdp: string;
}

export type UnsubscribeRequest = {
  readonly 'call-id': string;
  readonly 'to-tag': string;
};

export interface PublishRequest extends MediaOptions {
  readonly sdp: string;
  readonly 'call-id'?: string | undefined;
  readonly 'from-tag'?: string | undefined;
}

/** Let `to-tag` receive the media of `from-tag` or `from-tags`, perhaps across calls, which become one by it. */
export interface ConnectRequest extends MediaOptions {
  readonly 'call-id': string;
  readonly 'from-tag'?: string | undefined;
  readonly 'from-tags'?: readonly string[] | undefined;
  readonly 'to-call-id'?: string | undefined;
  readonly 'to-tag': string;
}

export interface CreateRequest extends MediaOptions {
  readonly 'call-id'?: string | undefined;
  readonly 'from-tag'?: string | undefined;
}

export interface CreateAnswerRequest extends MediaOptions {
  readonly 'call-id': string;
  readonly 'from-tag': string;
  readonly sdp: string;
}

export type StopMediaRequest = {
  readonly 'call-id': string;
  /** The party who hears it. Or select it by `label`, or all by the flag `all`. */
  readonly 'from-tag'?: string;
  readonly label?: string;
  readonly flags?: readonly string[];
};

/** One of `file` (a path the engine can read), `blob` (the file's bytes; bencode only) and `db-id`. */
export type PlayMediaRequest = StopMediaRequest & {
  readonly file?: string;
  readonly blob?: Buffer;
  readonly 'db-id'?: number;
  readonly 'repeat-times'?: number;
  /** Milliseconds. */
  readonly 'repeat-duration'?: number;
  readonly 'start-pos'?: number;
};
