import { type MediaDescription, parse, type SessionDescription, write } from 'sdp-transform';

/** An offer that cannot be answered, and why. */
export class OfferUnusable extends Error {
  override readonly name = 'OfferUnusable';
}

const token = /^[\w!#$%&'*+.^`{|}~-]{1,32}$/;
/** RFC 8839 §5.4. */
const iceText = /^[A-Za-z0-9+/]{4,256}$/;
const fingerprint = /^[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){19,63}$/;
/** What the listening engine sends a browser. */
const pcma = 8;

/**
 * The offer of a browser, written anew from the few things of it that count: name of the stream, ICE credentials, DTLS
 * fingerprint. Nothing else of what was sent reaches the engine. Candidates are left out: the browser finds the engine, so the
 * engine need not be sent to addresses that somebody chose. Whatever direction is offered, `recvonly` is what is asked for: a
 * listener is not heard.
 *
 * @throws OfferUnusable
 */
export const whepOffer = (sdp: string): string => {
  const offer = parsed(sdp);
  const [media, ...others] = offer.media ?? [];
  if (!media || others.length > 0 || media.type !== 'audio')
    throw new OfferUnusable('Offer exactly one m-line, of audio.');
  if (media.direction !== undefined && !['recvonly', 'sendrecv'].includes(media.direction))
    throw new OfferUnusable('Offer the audio recvonly.');
  if (media.protocol !== 'UDP/TLS/RTP/SAVPF' || media.rtcpMux === undefined)
    throw new OfferUnusable('Offer UDP/TLS/RTP/SAVPF with rtcp-mux, as browsers do.');
  if (!String(media.payloads).split(' ').includes(String(pcma)))
    throw new OfferUnusable('Offer the codec PCMA (payload type 8).');
  return write({
    version: 0,
    origin: { username: '-', sessionId: 1, sessionVersion: 1, netType: 'IN', ipVer: 4, address: '127.0.0.1' },
    name: '-',
    timing: { start: 0, stop: 0 },
    media: [described(offer, media)],
  });
};

const parsed = (sdp: string): SessionDescription => {
  try {
    return parse(sdp);
  } catch {
    throw new OfferUnusable('The body is no SDP.');
  }
};

const described = (
  offer: SessionDescription,
  media: MediaDescription,
): MediaDescription & { type: string } => {
  const print = media.fingerprint ?? offer.fingerprint;
  return {
    type: 'audio',
    port: 9,
    protocol: 'UDP/TLS/RTP/SAVPF',
    payloads: String(pcma),
    rtp: [{ payload: pcma, codec: 'PCMA', rate: 8000 }],
    fmtp: [],
    connection: { version: 4, ip: '0.0.0.0' },
    mid: like(token, media.mid, 'a=mid'),
    iceUfrag: like(iceText, media.iceUfrag ?? offer.iceUfrag, 'a=ice-ufrag'),
    icePwd: like(iceText, media.icePwd ?? offer.icePwd, 'a=ice-pwd'),
    fingerprint: {
      type: like(/^sha-(?:1|224|256|384|512)$/i, print?.type, 'a=fingerprint'),
      hash: like(fingerprint, print?.hash, 'a=fingerprint'),
    },
    setup: 'actpass',
    rtcpMux: 'rtcp-mux',
    direction: 'recvonly',
  };
};

const like = (pattern: RegExp, value: unknown, line: string): string => {
  const text = value === undefined ? '' : String(value);
  if (!pattern.test(text)) throw new OfferUnusable(`The line ${line} is missing or malformed.`);
  return text;
};
