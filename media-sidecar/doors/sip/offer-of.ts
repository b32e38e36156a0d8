import { getBody, type IncomingRequestMessage } from 'sip.js/lib/core/index.js';

const maxSdpBytes = 16_384;

/** The SDP offer of a request, where it is one that can be answered: a single m-line, audio, not switched off. */
export const offerOf = (message: IncomingRequestMessage): string | undefined => {
  const body = getBody(message);
  if (body?.contentType !== 'application/sdp' || body.content.length > maxSdpBytes) return undefined;
  const media = body.content.match(/^m=.*$/gm) ?? [];
  return media.length === 1 && /^m=audio [1-9]\d{0,4}\b/.test(media[0]) ? body.content : undefined;
};
