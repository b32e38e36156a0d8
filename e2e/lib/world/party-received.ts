import { countStreams, type RtpEndpoint } from '../rtp/index.ts';

/** Every packet a party of a call received, put down to who it stems from. */
export interface PartyReceived {
  /** Addresses the packets came from. */
  readonly sources: readonly string[];
  /** How many sounds the packets that are not the other party's make up; a part of one is a fraction. */
  readonly sounds: number;
  /** The other party's packets that never came, those aside that a sound took the place of (facts: `block-egress`). */
  readonly lost: number;
}

/** A sound is 240 ms in packets of 20 ms; a timer that is late may cost or add one. */
const soundPackets = 12;
/** Seen at six jobs a core: the engine holds the voice back, and begins to play 60 ms late. */
const heldBackPackets = 3;

/** Sorts what `ear` received; `other` is the one it talks with. */
export const partyReceived = (ear: RtpEndpoint, other: RtpEndpoint): PartyReceived => {
  const { received } = ear;
  const isVoice = received.map(({ ssrc }) => ssrc === other.ssrc);
  const voice = received.flatMap((packet, place) => (isVoice[place] ? [{ packet, place }] : []));
  const lost = voice.slice(1).reduce((sum, { packet, place }, n) => {
    const before = voice[n] ?? { packet, place };
    const missing = countStreams([before.packet, packet])[0]?.lost ?? 0;
    // on a busy machine the sound and the voice that comes back may overtake each other
    const around = isVoice.slice(Math.max(0, before.place - soundPackets), place + soundPackets);
    const sound = around.filter((voiced) => !voiced).length;
    return missing <= (sound === 0 ? 0 : sound + heldBackPackets) ? sum : sum + missing;
  }, 0);
  return {
    sources: [...new Set(received.map(({ source }) => source))],
    sounds: soundsIn(received.length - voice.length),
    lost,
  };
};

/** A whole number where the packets fit that many sounds, one packet more or less each. */
const soundsIn = (packets: number): number => {
  const whole = Math.round(packets / soundPackets);
  return Math.abs(packets - whole * soundPackets) <= whole ? whole : packets / soundPackets;
};
