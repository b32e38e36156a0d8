import { newOwnTag } from './own-tag.ts';

/** Whose audio a tag of ours copies. */
export interface CopyOf {
  readonly callId: string;
  readonly fromTag: string;
}

/** More parties than a node has; a tag that is forgotten only stays listed until its call ends. */
const maxSpare = 10_000;

const keyOf = ({ callId, fromTag }: CopyOf): string => JSON.stringify([callId, fromTag]);

/**
 * The tags of our subscriptions. rtpengine goes on listing a tag after `unsubscribe` until its call ends, so in a long
 * call that is often listened to they would become ever more: 102 tags and 66 KB in the answer to `query` after 50
 * listens. Measured on 26.0.1 and 10.5.3: the tag can be subscribed again to the same party, 50 times in a row for both
 * parties at once, and the audio flows each time. So a tag is used again, once the engine has said that its subscription is gone, and never
 * where that is in doubt: an `unsubscribe` on its way must not meet the next copy.
 */
export class OwnTags {
  readonly #used = new Map<string, CopyOf>();
  readonly #spare = new Map<string, string>();

  /** A tag for a new copy: a spare one of this party's, else a new one. */
  take(of: CopyOf): string {
    const key = keyOf(of);
    const tag = this.#spare.get(key) ?? newOwnTag();
    this.#spare.delete(key);
    this.#used.set(tag, of);
    return tag;
  }

  /** This tag is to be unsubscribed. Whose copy it was; `undefined` where that was tried before, or is not known. */
  drop(tag: string): CopyOf | undefined {
    const of = this.#used.get(tag);
    this.#used.delete(tag);
    return of;
  }

  /** The engine said that the subscription under this tag is gone. */
  spare(tag: string, of: CopyOf): void {
    const [oldest] = this.#spare.keys();
    if (oldest !== undefined && this.#spare.size >= maxSpare) this.#spare.delete(oldest);
    this.#spare.set(keyOf(of), tag);
  }
}
