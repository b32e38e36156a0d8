import type { Call, CallOptions, Phone } from '../phone/index.ts';
import { type Edit, revisionsOf } from '../world/edit-policy.ts';
import { World, type WorldOptions } from '../world/world.ts';
import { type Talk, type TalkOf, talk } from './talk.ts';

/** Whose SIM asks whether an edit is in force: it is refused for want of the right, whatever it dials. */
const probe = '+46701740616';
const inForceWithinMs = 5_000;

/** A world with people on it: phones that are registered once, calls that stand, and YAML that is edited and restored. */
export class Stage implements AsyncDisposable {
  readonly world: World;
  readonly talks: Talk[] = [];
  readonly #phones = new Map<string, Promise<Phone>>();

  private constructor(world: World) {
    this.world = world;
  }

  static async set(options: WorldOptions = {}): Promise<Stage> {
    return new Stage(await World.start(options));
  }

  /**
   * The phone of a device in `examples/` (`karin-desk`), the SIM with a number (`+46…`) or a phone out in the public
   * network (`customer +46…`); the same one each time.
   */
  phone(name: string): Promise<Phone> {
    const known = this.#phones.get(name) ?? this.#open(name);
    this.#phones.set(name, known);
    return known;
  }

  /** Dials from a phone, named as in {@link phone}; from a SIM as the mobile operator brings it. */
  async dial(from: string, to: string, options: CallOptions = {}): Promise<Call> {
    const phone = await this.phone(from);
    const uri = `sip:${to}@${domainOf(phone)}`;
    return from.startsWith('+') ? this.world.dialFromSim(phone, uri, options) : phone.call(uri, options);
  }

  /** Lets a customer call a colleague; the call stands until the stage is struck. */
  async talk(of: Omit<TalkOf, 'phone'> & { readonly device: string }): Promise<Talk> {
    const made = await talk(this.world, { ...of, phone: await this.phone(of.device) });
    this.talks.push(made);
    return made;
  }

  /** The call that this colleague is in. @throws when there is none. */
  talkOf(name: string): Talk {
    const found = this.talks.find((one) => one.name === name);
    if (found === undefined) throw new Error(`${name} has no call that stands.`);
    return found;
  }

  /** Edits the YAML, waits until it is in force, and restores it at the end of the block. */
  async edited(...edits: readonly Edit[]): Promise<AsyncDisposable> {
    const undo = await this.edit(edits);
    return { [Symbol.asyncDispose]: () => this.edit(undo).then(() => {}) };
  }

  /** Edits the YAML and waits until it is in force. Returns what undoes it. */
  async edit(edits: readonly Edit[]): Promise<readonly Edit[]> {
    const undo = await this.world.edit(edits);
    const until = performance.now() + inForceWithinMs;
    const wanted = await this.revisions();
    while (wanted.length === 0 || (await this.#enforced())[0] !== wanted[0]) {
      if (performance.now() > until) throw new Error('The edit did not come into force.');
    }
    return undo;
  }

  /** Revisions of the company's policy as the YAML stands. */
  revisions(company = 'acme'): Promise<readonly string[]> {
    return revisionsOf(this.world.place.policyDir, company);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.world.stop();
  }

  #open(name: string): Promise<Phone> {
    const [kind, number] = name.split(' ');
    if (kind === 'customer' && number !== undefined) return this.world.customer(number);
    return name.startsWith('+') ? this.world.sim(name) : this.world.phone(name);
  }

  /** The revisions that the sidecar's newest record rests on. */
  async #enforced(): Promise<readonly string[]> {
    const call = await this.dial(probe, '*28*0');
    await call.ended;
    const last = (await this.world.audit()).at(-1);
    return last?.record === 'attempt' ? last.policyRevisions : [];
  }
}

function domainOf({ uri }: Phone): string {
  return uri.includes('.example') ? uri.slice(uri.indexOf('@') + 1) : 'acme.example';
}
