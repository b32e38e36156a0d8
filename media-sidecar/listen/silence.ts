import type { QueryAnswer } from 'rtpengine-ng-client';
import type { Listen } from './listen.ts';

/**
 * A browser that listens sends RTCP every 5 s or so. Two of them may be lost; and what ends a listen must be done within the 20 s
 * after which nobody shall be shown as listening who does not.
 */
const silentMs = 14_000;

interface Sign {
  readonly packet: number | undefined;
  readonly at: number;
}

/**
 * Tells of browsers that are gone. A tab that is closed, or a network that is, says nothing, and no time-out of rtpengine's ends the
 * stream; but the engine tells when the last packet came. Only whether that changes counts: its clock need not be ours.
 */
export class Silence {
  readonly #now: () => number;
  readonly #signs = new WeakMap<Listen, Sign>();

  /** @param now ms, of a clock that only goes forward */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Has nothing come from this listener for too long? @param answer the listening engine's, on the mix it hears */
  isGone(listen: Listen, answer: QueryAnswer): boolean {
    if (listen.media !== 'browser') return false;
    const packet = answer.tags.get(listen.tag)?.medias[0]?.streams[0]?.['last packet'];
    const at = this.#now();
    const known = this.#signs.get(listen);
    if (known && known.packet === packet) return at - known.at >= silentMs;
    this.#signs.set(listen, { packet, at });
    return false;
  }
}
