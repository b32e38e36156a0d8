import { codecOf, type G711Codec, payloadTypes } from '../rtp/g711.ts';
import type { RtpTarget } from '../rtp/rtp-endpoint.ts';

/** Which way media flows, from the one who says it (RFC 3264 §5.1). */
export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** What a phone reads of the other side's SDP. */
export interface RemoteMedia {
  /** Where to send; undefined when the other side wants nothing (`inactive`, `sendonly`, port 0, 0.0.0.0). */
  readonly target: RtpTarget | undefined;
  /** The first G.711 codec it names. */
  readonly codec: G711Codec;
  readonly direction: Direction;
}

const telephoneEvent = 101;

/** One audio line: the codecs in order of preference, telephone-event, 20 ms packets. `version` grows with each offer. */
export function writeSdp(
  local: RtpTarget,
  version: number,
  codecs: readonly G711Codec[],
  direction: Direction,
): string {
  return [
    'v=0',
    `o=- 1 ${version} IN IP4 ${local.host}`,
    's=-',
    `c=IN IP4 ${local.host}`,
    't=0 0',
    `m=audio ${local.port} RTP/AVP ${[...codecs.map((codec) => payloadTypes[codec]), telephoneEvent].join(' ')}`,
    ...codecs.map((codec) => `a=rtpmap:${payloadTypes[codec]} ${codec}/8000`),
    `a=rtpmap:${telephoneEvent} telephone-event/8000`,
    `a=fmtp:${telephoneEvent} 0-16`,
    'a=ptime:20',
    `a=${direction}`,
    '',
  ].join('\r\n');
}

/** Reads an offer or answer; undefined when it has no audio line with G.711. */
export function readSdp(sdp: string): RemoteMedia | undefined {
  const audio = /^m=audio (\d+) \S+ ([\d ]+)$/m.exec(sdp.replaceAll('\r', ''));
  const codec = audio?.[2]
    ?.split(' ')
    .map(Number)
    .map(codecOf)
    .find((known) => known !== undefined);
  if (audio === null || codec === undefined) return undefined;
  const [session = '', media = ''] = sdp.split(/^m=audio/m);
  const attribute = (pattern: RegExp) => pattern.exec(media)?.[1] ?? pattern.exec(session)?.[1];
  const host = attribute(/^c=IN IP4 (\S+)/m);
  const direction = directionOf(attribute(/^a=(sendrecv|sendonly|recvonly|inactive)\s*$/m));
  const port = Number(audio[1]);
  const wants = direction === 'sendrecv' || direction === 'recvonly';
  const target =
    host === undefined || host === '0.0.0.0' || port === 0 || !wants ? undefined : { host, port };
  return { target, codec, direction };
}

/** The direction that answers an offer (RFC 3264 §6.1). */
export function answering(offered: Direction): Direction {
  return offered === 'sendonly' ? 'recvonly' : offered === 'recvonly' ? 'sendonly' : offered;
}

function directionOf(text: string | undefined): Direction {
  return text === 'sendonly' || text === 'recvonly' || text === 'inactive' ? text : 'sendrecv';
}
