import type { NgDict } from '../ng-value.ts';
import { list, number, optional, required, text, texts } from './fields.ts';

/** The answer to a command that only succeeds or fails. */
export interface OkAnswer {
  /** What was not as asked for, though no error: `Call-ID not found or tags didn't match`, … */
  readonly warning?: string;
}

/** The answer to `offer` and `answer`: the SDP for the other side. */
export interface SdpAnswer extends OkAnswer {
  readonly sdp: string;
}

/** The answer to `publish` and `create`: the SDP for the party, and who it is. */
export interface PartyAnswer extends SdpAnswer {
  readonly 'call-id': string;
  readonly 'from-tag': string;
}

/** The answer to `subscribe request`: the SDP to offer to the subscriber, who is `to-tag` from now on. */
export interface SubscribeRequestAnswer extends SdpAnswer {
  readonly 'from-tags': readonly string[];
  readonly 'to-tag': string;
}

export interface ListAnswer {
  /** At most as many as the request's `limit`: as many as that may mean that there are more. */
  readonly calls: readonly string[];
}

export interface PlayMediaAnswer extends OkAnswer {
  /** Milliseconds, where the length could be determined. */
  readonly duration?: number;
}

export interface StopMediaAnswer extends OkAnswer {
  readonly 'last-frame-pos'?: number;
}

export function readOkAnswer(body: NgDict): OkAnswer {
  return optional('warning', text(body['warning']));
}

/** @throws NgError `Malformed` */
export function readSdpAnswer(body: NgDict): SdpAnswer {
  return { sdp: required(text, body, 'sdp'), ...readOkAnswer(body) };
}

/** @throws NgError `Malformed` */
export function readPartyAnswer(body: NgDict): PartyAnswer {
  return {
    ...readSdpAnswer(body),
    'call-id': required(text, body, 'call-id'),
    'from-tag': required(text, body, 'from-tag'),
  };
}

/** @throws NgError `Malformed` */
export function readSubscribeRequestAnswer(body: NgDict): SubscribeRequestAnswer {
  return {
    ...readSdpAnswer(body),
    'from-tags': texts(body['from-tags']),
    'to-tag': required(text, body, 'to-tag'),
  };
}

/** @throws NgError `Malformed` */
export function readListAnswer(body: NgDict): ListAnswer {
  required((value) => (list(value) === value ? value : undefined), body, 'calls');
  return { calls: texts(body['calls']) };
}

export function readPlayMediaAnswer(body: NgDict): PlayMediaAnswer {
  return { ...optional('duration', number(body['duration'])), ...readOkAnswer(body) };
}

export function readStopMediaAnswer(body: NgDict): StopMediaAnswer {
  return { ...optional('last-frame-pos', number(body['last-frame-pos'])), ...readOkAnswer(body) };
}
