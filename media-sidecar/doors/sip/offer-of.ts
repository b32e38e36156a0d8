import { getBody, type IncomingRequestMessage } from 'sip.js/lib/core/index.js';

const maxSdpBytes = 16_384;
const maxPort = 65_535;

/** What the listening engine can send, by the static payload types (RFC 3551 §6) and by the names of the others. */
const staticCodecs: ReadonlySet<string> = new Set(['0', '8', '9', '18']);
const namedCodec = /^(?:PCMU|PCMA|G722|G729|opus)\//i;

/** Without one of these the listener would be shown to the one listened to, and hear nothing. */
const offersSpeech = (sdp: string, formats: readonly string[]): boolean => {
  const names = new Map(
    [...sdp.matchAll(/^a=rtpmap:(\d{1,3}) (\S+)/gm)].map(([, format, name]) => [format, name ?? '']),
  );
  return formats.some((format) => {
    const name = names.get(format);
    return name === undefined ? staticCodecs.has(format) : namedCodec.test(name);
  });
};

/**
 * The SDP offer of a request, where it is one that can be answered: a single m-line, RTP audio, not switched off, with
 * a codec for speech that the listening engine has. What its lines say beyond that is the listening engine's to judge; its c-line decides where the audio goes.
 */
export const offerOf = (message: IncomingRequestMessage): string | undefined => {
  const body = getBody(message);
  if (body?.contentType !== 'application/sdp') return undefined;
  const sdp = body.content;
  if (Buffer.byteLength(sdp) > maxSdpBytes || !sdp.startsWith('v=0')) return undefined;
  const [first, ...others] = sdp.match(/^m=.*$/gm) ?? [];
  const [, digits, formats = ''] =
    /^m=audio (\d{1,5}) (?:RTP|UDP\/TLS\/RTP)\/\S+ (\d[\d ]*)/.exec(first ?? '') ?? [];
  const port = Number(digits);
  if (others.length > 0 || !(port > 0 && port <= maxPort)) return undefined;
  return offersSpeech(sdp, formats.trim().split(/ +/)) ? sdp : undefined;
};
