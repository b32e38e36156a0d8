import { setTimeout } from 'node:timers/promises';
import type { EndRecord } from '@medlyssning/media-sidecar/audit/audit-log.ts';
import { expect } from 'vitest';
import {
  type Call,
  type CallEnd,
  CallNotAnsweredError,
  type CallOptions,
  type Phone,
} from '../phone/index.ts';
import { writeSdp } from '../phone/phone-sdp.ts';
import { RtpEndpoint } from '../rtp/index.ts';
import { type Edit, revisionsOf } from '../world/edit-policy.ts';
import { type Talk, talk } from '../world/talk.ts';
import { type Voices, voices } from '../world/voices.ts';
import { World, type WorldOptions } from '../world/world.ts';

/** People with a call or a listen, by what is dialled to reach them. */
const numbers = {
  anna: '0846500403',
  eva: '0846500406',
  ivar: '0846500410',
  lena: '0846500412',
  karin: '0846500401',
  sven: '0846500402',
} as const;
type Person = keyof typeof numbers;

/** Supervisors who may listen. */
export type Listener = 'karin' | 'sven';

/** Which code a refusal or a BYE carried. */
export const codeOf = (end: CallEnd): string | undefined => /text="([A-Za-z]+)"/.exec(end.reason ?? '')?.[1];

/** A world in which calls and listens are made at will, to see what a fault does to them. */
export class Scene implements AsyncDisposable {
  readonly world: World;
  readonly #voices: Voices = voices('customer', 'agent', 'karin', 'sven');
  readonly #phones = new Map<string, Promise<Phone>>();
  #nobody: Promise<Phone> | undefined;
  #customers = 0;

  private constructor(world: World) {
    this.world = world;
  }

  static async start(options: WorldOptions = {}): Promise<Scene> {
    return new Scene(await World.start(options));
  }

  /** The desk phone of one of the people. */
  phone(name: Person): Promise<Phone> {
    const voice = this.#voices.of(name === 'karin' || name === 'sven' ? name : 'agent');
    const phone = this.#phones.get(name) ?? this.world.phone(`${name}-desk`, { source: voice });
    this.#phones.set(name, phone);
    return phone;
  }

  /** A new customer calls one of them, and both hear each other. */
  async talk(agent: Person = 'anna'): Promise<Talk> {
    this.#customers += 1;
    const number = `+467011111${String(this.#customers).padStart(2, '0')}`;
    const customer = await this.world.customer(number, { source: this.#voices.of('customer') });
    return talk(customer, await this.phone(agent), `sip:${numbers[agent]}@acme.example`);
  }

  /** As {@link talk}, once the PBX has found the call engine again: until then calls go past it. */
  async anchoredTalk(agent: Person = 'anna'): Promise<Talk> {
    const { min, max } = this.world.callEngine.ports.rtp;
    for (;;) {
      const made = await this.talk(agent);
      const port = Number(/^m=audio (\d+)/m.exec(made.customer.remoteSdp ?? '')?.[1]);
      if (port >= min && port <= max) return made;
      await made.customer.hangUp();
    }
  }

  /** Dials `*28*` and the agent's number, once the listener's earlier listens are taken down and recorded. */
  async dial(listener: Listener = 'karin', agent: Person = 'anna', options: CallOptions = {}): Promise<Call> {
    await this.closed(listener);
    return (await this.phone(listener)).call(`sip:*28*${numbers[agent]}@acme.example`, options);
  }

  /** A listen whose ear stays open after its end. It only listens, since the engine would send where speech comes from. */
  async ear(listener: Listener = 'karin', agent: Person = 'anna'): Promise<{ call: Call; ear: RtpEndpoint }> {
    const ear = await RtpEndpoint.open();
    const sdp = writeSdp(ear, 1, ['PCMA', 'PCMU'], 'recvonly');
    const call = await this.dial(listener, agent, { sdp });
    await call.answered;
    await ear.hear(5);
    return { call, ear };
  }

  /** A listen that comes about, and in which both parties are heard, and nobody else. */
  async listen(listener: Listener = 'karin', agent: Person = 'anna'): Promise<Call> {
    const call = await this.dial(listener, agent);
    await call.answered;
    await this.hears(call, ['customer', 'agent']);
    return call;
  }

  /** Waits until the last 300 ms at a call's ear hold these voices alone. */
  async hears(call: Call, voices: readonly string[]): Promise<void> {
    const heard = () => this.#voices.in(call.recording, { from: performance.now() - 300 });
    for (let tries = 0; tries < 6; tries += 1) {
      await call.rtp.hear(16);
      if (heard().join() === voices.join()) return;
    }
    expect(heard()).toEqual(voices);
  }

  /** The end of a listen that is refused, with nothing heard. */
  async refused(listener: Listener = 'karin', agent: Person = 'anna'): Promise<CallEnd> {
    const call = await this.dial(listener, agent);
    const end = await call.answered.then(
      () => {
        throw new Error('The listen was answered, not refused.');
      },
      (error: unknown) => {
        if (error instanceof CallNotAnsweredError) return error.end;
        throw error;
      },
    );
    expect(call.rtp.received).toEqual([]);
    return end;
  }

  /** Resolves when all this listener's listens have their end on record: nothing of them is left, and the line is free. */
  async closed(listener: Listener): Promise<void> {
    for (const attempt of await this.world.audit()) {
      if (attempt.record !== 'attempt' || attempt.reason !== 'Allowed' || attempt.listener.user !== listener)
        continue;
      await this.world.recorded((r): r is EndRecord => r.record === 'end' && r.id === attempt.id);
    }
  }

  /** Edits the YAML and waits until what it says is in force, asked by one who is refused whatever it says. */
  async edit(edits: readonly Edit[]): Promise<void> {
    const { policyDir } = this.world.place;
    await this.world.edit(edits);
    const wanted = (await revisionsOf(policyDir, 'acme'))[0];
    this.#nobody ??= this.world.phone('filip-desk');
    const nobody = await this.#nobody;
    for (let tries = 0; tries < 100; tries += 1) {
      const call = await nobody.call('sip:*28*0@acme.example');
      await call.ended;
      const last = (await this.world.audit()).at(-1);
      if (last?.record === 'attempt' && last.policyRevisions[0] === wanted) return;
      await setTimeout(20);
    }
    throw new Error('The edit did not come into force.');
  }

  /**
   * Says in the YAML that someone of `agents.yaml` without a known profile switched to this one just now, by a clock that
   * is `aheadMs` ahead of ours.
   */
  async switchedProfile(agent: 'eva' | 'ivar' | 'lena', profile: string, aheadMs = 0): Promise<void> {
    const subject = `  subject: ${agent}@acme.example\n`;
    const active = `{ name: ${profile}, since: "${new Date(Date.now() + aheadMs).toISOString()}" }`;
    await this.world.edit([
      {
        file: 'acme/agents.yaml',
        from: subject,
        to: `${subject}status:\n  activeProfile: ${active}\n`,
      },
    ]);
  }

  /** The end of this listener's newest listen that the records tell of, once it is there. */
  async lastEnd(listener: Listener = 'karin'): Promise<EndRecord> {
    const id = (await this.world.audit()).findLast(
      (r) => r.record === 'attempt' && r.reason === 'Allowed' && r.listener.user === listener,
    )?.id;
    return this.world.recorded((r): r is EndRecord => r.record === 'end' && r.id === id);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.world.stop();
  }
}
