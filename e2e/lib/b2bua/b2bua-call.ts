import { randomUUID } from 'node:crypto';
import type { NgClient } from 'rtpengine-ng-client';
import { readSdp, writeSdp } from '../phone/phone-sdp.ts';
import { type AudioSource, RtpEndpoint } from '../rtp/index.ts';

export type Role = 'caller' | 'callee';

/** Who is to be in a call. */
export interface Person {
  /** Number, as the metadata says it. */
  readonly number: string;
  readonly source: AudioSource;
}

/** A party of a call, with its leg on the call engine. */
export interface B2buaParty {
  readonly role: Role;
  readonly number: string;
  /** ng tag of its leg. */
  readonly tag: string;
  readonly rtp: RtpEndpoint;
}

const otherRole = (role: Role): Role => (role === 'caller' ? 'callee' : 'caller');

const open = async (role: Role, { number, source }: Person): Promise<B2buaParty> => ({
  role,
  number,
  tag: randomUUID(),
  rtp: await RtpEndpoint.open({ source }),
});

const sdpOf = ({ rtp }: B2buaParty) => writeSdp(rtp, 1, ['PCMA'], 'sendrecv');

const obey = ({ rtp }: B2buaParty, sdp: string): void => {
  const remote = readSdp(sdp);
  if (remote?.target === undefined) throw new Error('The call engine gave an SDP without audio.');
  rtp.speakTo(remote.target, remote.codec);
};

/** A call of a PBX that has a leg of its own to each party, so that a party can be replaced within one call-id. */
export class B2buaCall implements AsyncDisposable {
  readonly callId = `b2bua-${randomUUID()}`;
  readonly #ng: NgClient;
  readonly #domain: string;
  readonly #parties: Record<Role, B2buaParty>;
  /** Those who were replaced; their phones speak on. */
  readonly #gone: B2buaParty[] = [];

  private constructor(ng: NgClient, domain: string, parties: Record<Role, B2buaParty>) {
    this.#ng = ng;
    this.#domain = domain;
    this.#parties = parties;
  }

  /** Brings two together; resolves when they have heard each other. Rejects with `NgError`. */
  static async begin(
    ng: NgClient,
    domain: string,
    { caller, callee }: Readonly<Record<Role, Person>>,
  ): Promise<B2buaCall> {
    const parties = { caller: await open('caller', caller), callee: await open('callee', callee) };
    const call = new B2buaCall(ng, domain, parties);
    await call.#join('caller');
    await Promise.all([parties.caller.rtp.hear(5), parties.callee.rtp.hear(5)]);
    return call;
  }

  get caller(): B2buaParty {
    return this.#parties.caller;
  }

  get callee(): B2buaParty {
    return this.#parties.callee;
  }

  /**
   * Puts another in the place of the one who has this role: the engine is offered the other party's media anew and gets
   * an answer with a new to-tag. The one replaced keeps its leg and speaks on, until `drop`. Resolves when the two hear
   * each other.
   */
  async replace(role: Role, person: Person): Promise<B2buaParty> {
    const [before, after] = [this.#parties[role], await open(role, person)];
    this.#gone.push(before);
    this.#parties[role] = after;
    await this.#join(otherRole(role));
    await Promise.all([this.caller.rtp.hear(5), this.callee.rtp.hear(5)]);
    return before;
  }

  /** Gives up the leg of one who was replaced. */
  async drop({ tag, rtp }: B2buaParty): Promise<void> {
    await this.#ng.delete({ 'call-id': this.callId, 'from-tag': tag });
    await rtp.close();
  }

  async end(by: Role): Promise<void> {
    await this.#ng.delete({ 'call-id': this.callId, 'from-tag': this.#parties[by].tag });
    await this.#close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#ng.delete({ 'call-id': this.callId });
    await this.#close();
  }

  /** Offer by one, answer by the other, with what examples/kamailio.cfg sends along. */
  async #join(offering: Role): Promise<void> {
    const [from, to] = [this.#parties[offering], this.#parties[otherRole(offering)]];
    const { caller, callee } = this.#parties;
    const common = {
      'call-id': this.callId,
      'from-tag': from.tag,
      'via-branch': `z9hG4bK${to.tag}`,
      metadata: `domain:${this.#domain}|caller:${caller.number}|callee:${callee.number}`,
      flags: ['trust-address'],
      replace: ['origin'],
    };
    const offer = await this.#ng.offer({ ...common, label: from.role, sdp: sdpOf(from) });
    const answer = await this.#ng.answer({
      ...common,
      'to-tag': to.tag,
      label: to.role,
      sdp: sdpOf(to),
    });
    obey(to, offer.sdp);
    obey(from, answer.sdp);
  }

  async #close(): Promise<void> {
    await Promise.all([this.caller, this.callee, ...this.#gone].map(({ rtp }) => rtp.close()));
  }
}
