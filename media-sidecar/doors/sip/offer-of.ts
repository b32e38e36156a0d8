import { getBody, type IncomingRequestMessage } from 'sip.js/lib/core/index.js';

const maxSdpBytes = 16_384;
const maxPort = 65_535;

/**
 * The SDP offer of a request, where it is one that can be answered: a single m-line, RTP audio, not switched off. What
 * its lines say beyond that is the listening engine's to judge; its c-line decides where the audio goes.
 */
export const offerOf = (message: IncomingRequestMessage): string | undefined => {
  const body = getBody(message);
  if (body?.contentType !== 'application/sdp') return undefined;
  const sdp = body.content;
  if (Buffer.byteLength(sdp) > maxSdpBytes || !sdp.startsWith('v=0')) return undefined;
  const [first, ...others] = sdp.match(/^m=.*$/gm) ?? [];
  const port = Number(/^m=audio (\d{1,5}) (?:RTP|UDP\/TLS\/RTP)\/\S+ \d/.exec(first ?? '')?.[1]);
  return others.length === 0 && port > 0 && port <= maxPort ? sdp : undefined;
};
