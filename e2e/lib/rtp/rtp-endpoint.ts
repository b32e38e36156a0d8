import type { Recording } from '../audio/recording.ts';
import { type AudioSource, silence } from './audio-source.ts';
import { encodeG711, type G711Codec, payloadTypes } from './g711.ts';
import { countStreams, type ReceivedPacket, type StreamCount } from './received-packet.ts';
import { recordPackets } from './record-packets.ts';
import { readRtp, writeRtp } from './rtp-packet.ts';
import { startTicker } from './ticker.ts';
import { bindUdpPair, type UdpPair } from './udp-pair.ts';

/** Where RTP goes. */
export interface RtpTarget {
  readonly host: string;
  readonly port: number;
}

export interface RtpEndpointOptions {
  /** Local address; default 127.0.0.1. */
  readonly host?: string;
  /** Default: silence. */
  readonly source?: AudioSource;
}

const packetMs = 20;
const packetSamples = packetMs * 8;

/** One side of a G.711 stream: speaks a source in real time, keeps every packet it hears. */
export class RtpEndpoint {
  readonly host: string;
  /** Even; the port above it takes RTCP, which is read and thrown away. */
  readonly port: number;
  readonly ssrc = Math.floor(Math.random() * 2 ** 32);
  /** When it began to listen, on the clock of `performance.now()`. */
  readonly openedAt = performance.now();
  readonly #sockets: UdpPair;
  readonly #received: ReceivedPacket[] = [];
  readonly #waiting = new Set<{ readonly count: number; readonly done: () => void }>();
  #source: AudioSource;
  #sent = 0;
  #heardEver = 0;
  #sequence = Math.floor(Math.random() * 2 ** 16);
  #stopTicker: (() => void) | undefined;
  #closedAt: number | undefined;

  private constructor(sockets: UdpPair, host: string, source: AudioSource) {
    this.host = host;
    this.port = sockets.port;
    this.#sockets = sockets;
    this.#source = source;
    sockets.rtp.on('message', (datagram, from) => this.#heard(datagram, `${from.address}:${from.port}`));
    for (const socket of [sockets.rtp, sockets.rtcp]) socket.on('error', () => {});
  }

  /** Binds the sockets and listens. @throws when no ports are free. */
  static async open({
    host = '127.0.0.1',
    source = silence(),
  }: RtpEndpointOptions = {}): Promise<RtpEndpoint> {
    return new RtpEndpoint(await bindUdpPair(host), host, source);
  }

  /** Packets sent so far. */
  get sent(): number {
    return this.#sent;
  }

  /** Every packet heard, in order of arrival. */
  get received(): readonly ReceivedPacket[] {
    return this.#received;
  }

  /** What was heard from each SSRC, losses counted. */
  get streams(): readonly StreamCount[] {
    return countStreams(this.#received);
  }

  /** What was heard, from the opening till now or the closing. */
  get recording(): Recording {
    return recordPackets(this.#received, this.openedAt, this.#closedAt ?? performance.now());
  }

  /** Speaks to `target` from now on, every 20 ms; one target at a time. The source starts at its beginning the first time. */
  speakTo(target: RtpTarget, codec: G711Codec): void {
    this.mute();
    if (this.#closedAt !== undefined) return;
    let first = true;
    this.#stopTicker = startTicker(packetMs, () => {
      this.#speak(target, codec, first);
      first = false;
    });
  }

  /** Sends nothing until `speakTo`. */
  mute(): void {
    this.#stopTicker?.();
    this.#stopTicker = undefined;
  }

  /** Changes what is said, from its n-th packet as if it had been said all along. */
  say(source: AudioSource): void {
    this.#source = source;
  }

  /** Resolves when `count` more packets have been heard: 50 are a second of sound. */
  hear(count = 1): Promise<void> {
    return new Promise((done) => {
      this.#waiting.add({ count: this.#heardEver + count, done });
    });
  }

  /** Throws away what was heard so far: for calls that go on for hours. */
  forget(): void {
    this.#received.length = 0;
  }

  /** Ends sending and listening; what was heard stays. */
  async close(): Promise<void> {
    if (this.#closedAt !== undefined) return;
    this.mute();
    this.#closedAt = performance.now();
    const { rtp, rtcp } = this.#sockets;
    await Promise.all([rtp, rtcp].map((socket) => new Promise<void>((done) => socket.close(() => done()))));
  }

  #heard(datagram: Uint8Array, source: string): void {
    const packet = readRtp(datagram);
    if (packet === undefined) return;
    this.#received.push({ ...packet, arrivedAt: performance.now(), source });
    this.#heardEver += 1;
    for (const waiter of this.#waiting) {
      if (this.#heardEver < waiter.count) continue;
      this.#waiting.delete(waiter);
      waiter.done();
    }
  }

  #speak(target: RtpTarget, codec: G711Codec, marker: boolean): void {
    const timestamp = this.#sent * packetSamples;
    const payload = encodeG711(codec, this.#source(timestamp, packetSamples));
    const packet = {
      payloadType: payloadTypes[codec],
      marker,
      sequence: this.#sequence,
      timestamp,
      ssrc: this.ssrc,
      payload,
    };
    this.#sockets.rtp.send(writeRtp(packet), target.port, target.host);
    this.#sent += 1;
    this.#sequence = (this.#sequence + 1) & 0xffff;
  }
}
