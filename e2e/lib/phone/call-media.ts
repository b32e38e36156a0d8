import type { Recording } from '../audio/recording.ts';
import { type AudioSource, silence } from '../rtp/audio-source.ts';
import type { G711Codec } from '../rtp/g711.ts';
import { RtpEndpoint } from '../rtp/rtp-endpoint.ts';
import { answering, type Direction, type RemoteMedia, readSdp, writeSdp } from './phone-sdp.ts';

/** The media of one call: what to offer, what to answer, and the sound that follows from both. */
export class CallMedia {
  #rtp: RtpEndpoint;
  readonly #codecs: readonly G711Codec[];
  readonly #source: AudioSource;
  #version = 0;
  #direction: Direction = 'sendrecv';
  #remoteSdp: string | undefined;
  #remote: RemoteMedia | undefined;

  private constructor(rtp: RtpEndpoint, codecs: readonly G711Codec[], source: AudioSource) {
    this.#rtp = rtp;
    this.#codecs = codecs;
    this.#source = source;
  }

  static async open(host: string, codecs: readonly G711Codec[], source: AudioSource): Promise<CallMedia> {
    return new CallMedia(await RtpEndpoint.open({ host, source }), codecs, source);
  }

  get rtp(): RtpEndpoint {
    return this.#rtp;
  }

  get recording(): Recording {
    return this.rtp.recording;
  }

  /** The last SDP the other side sent. */
  get remoteSdp(): string | undefined {
    return this.#remoteSdp;
  }

  /** Takes other ports, as a phone that changes networks. What the old ones heard goes with them. */
  async move(): Promise<void> {
    const { host } = this.#rtp;
    await this.#rtp.close();
    this.#rtp = await RtpEndpoint.open({ host, source: this.#source });
    this.#remote = undefined;
  }

  /** A new offer. On hold (`sendonly`) the phone says nothing audible. */
  offer(direction: Direction = this.#direction): string {
    this.#direction = direction;
    this.rtp.say(direction === 'sendrecv' ? this.#source : silence());
    this.#version += 1;
    return writeSdp(this.rtp, this.#version, this.#codecs, direction);
  }

  /** Takes the answer to our offer. */
  accept(sdp: string): void {
    this.#heed(sdp);
  }

  /** Takes an offer and gives our answer; undefined when they share no codec. */
  answer(sdp: string): string | undefined {
    const remote = this.#heed(sdp);
    if (remote === undefined) return undefined;
    this.#version += 1;
    return writeSdp(this.rtp, this.#version, [remote.codec], answering(remote.direction));
  }

  #heed(sdp: string): RemoteMedia | undefined {
    const remote = readSdp(sdp);
    this.#remoteSdp = sdp;
    if (remote === undefined) return undefined;
    const before = this.#remote?.target;
    const moved = before?.host !== remote.target?.host || before?.port !== remote.target?.port;
    if (remote.target === undefined) this.rtp.mute();
    else if (moved || remote.codec !== this.#remote?.codec) this.rtp.speakTo(remote.target, remote.codec);
    this.#remote = remote;
    return remote;
  }
}
