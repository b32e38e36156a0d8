import { type ForkPolicy, PolicyIndex } from '@medlyssning/policy';
import { tracer } from '../telemetry/tracer.ts';

const keyOf = (namespace: string, name: string) => `${namespace}/${name}`;

interface Applied {
  readonly namespace: string;
  readonly name: string;
  readonly version: string;
}

/**
 * The policy this node enforces, fed by one source. A change counts for the very next question; subscribers hear of it
 * at the end of the turn, once, however many changes came in it: a shard that is split is never seen half.
 */
export class PolicyStore {
  readonly index = new PolicyIndex();
  readonly #applied = new Map<string, Applied>();
  /** The namespace of each ForkPolicy that cannot be read, by `namespace/name`. */
  readonly #unread = new Map<string, string>();
  #partlyKnown: ReadonlySet<string> = new Set();
  readonly #subscribers = new Set<() => void>();
  readonly #now: () => number;
  #confirmedAt: () => number = () => Number.NEGATIVE_INFINITY;
  #told = true;

  /** @param now ms since the epoch */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** The source said, just now, that what is applied is what is in force. */
  confirm(): void {
    const at = this.#now();
    this.#confirmedAt = () => at;
  }

  /** @param confirmedAt when the source last said so, ms since the epoch, asked anew each time; -Infinity: never */
  confirmBy(confirmedAt: () => number): void {
    this.#confirmedAt = confirmedAt;
  }

  /** How long ago the source last confirmed the policy, ms; Infinity before it ever did. */
  ageMs(): number {
    return this.#now() - this.#confirmedAt();
  }

  /**
   * Puts one ForkPolicy in force, in place of the one of that name. One of the same version is left as it is.
   *
   * @param version what is different where the content is
   */
  apply(policy: ForkPolicy, version: string = policy.spec.revision): void {
    const { namespace, name } = policy.metadata;
    const key = keyOf(namespace, name);
    this.#setRead(key);
    if (this.#applied.get(key)?.version === version) return;
    const { revision } = policy.spec;
    const span = tracer.startSpan('policy apply', {
      root: true,
      attributes: { 'medlyssning.policy.revision': revision },
    });
    try {
      this.index.apply(policy);
    } finally {
      span.end();
    }
    this.#applied.set(key, { namespace, name, version });
    this.#tell();
  }

  /** Takes the ForkPolicy of that name out of force; one that is not there is left so. */
  remove(namespace: string, name: string): void {
    this.#setRead(keyOf(namespace, name));
    if (!this.#applied.delete(keyOf(namespace, name))) return;
    this.index.remove(namespace, name);
    this.#tell();
  }

  /** Takes the ForkPolicy of that name out of force, since it cannot be read: nobody knows any more who is in it. */
  withhold(namespace: string, name: string): void {
    this.remove(namespace, name);
    this.#unread.set(keyOf(namespace, name), namespace);
    this.#partlyKnown = new Set(this.#unread.values());
  }

  /** Namespaces that have a ForkPolicy which cannot be read: whoever is unknown may be somebody there. Never changed, but replaced. */
  get partlyKnown(): ReadonlySet<string> {
    return this.#partlyKnown;
  }

  /** Puts exactly these policies in force; what is not among them ends. */
  replaceAll(policies: readonly ForkPolicy[]): void {
    const wanted = new Set(policies.map(({ metadata }) => keyOf(metadata.namespace, metadata.name)));
    const gone = [...this.#applied].filter(([key]) => !wanted.has(key));
    for (const [, { namespace, name }] of gone) this.remove(namespace, name);
    for (const policy of policies) this.apply(policy);
    this.confirm();
  }

  subscribe(subscriber: () => void): () => void {
    this.#subscribers.add(subscriber);
    return () => this.#subscribers.delete(subscriber);
  }

  #setRead(key: string): void {
    if (this.#unread.delete(key)) this.#partlyKnown = new Set(this.#unread.values());
  }

  #tell(): void {
    if (!this.#told) return;
    this.#told = false;
    queueMicrotask(() => {
      this.#told = true;
      for (const subscriber of this.#subscribers) subscriber();
    });
  }
}
