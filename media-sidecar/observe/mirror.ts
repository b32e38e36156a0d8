import { decodeBody, type NgDict, splitMessage } from 'rtpengine-ng-client';
import type { CallEvent } from './call-event.ts';
import type { HepPacket } from './hep3.ts';
import { callEventOf, type RequestOfCall, requestOfCall } from './read-request.ts';

/** What passed through the mirror, ever increasing. */
export interface MirrorCounters {
  /** Packets looked at. */
  packets: number;
  /** Events handed on. */
  events: number;
  /** Packets that could not be read. */
  malformed: number;
  /** Requests that were answered before: retransmits of the PBX. */
  repeated: number;
  /** Requests the call engine refused, or whose answer says that nothing was changed. */
  refused: number;
  /** Requests whose answer was never seen. */
  unanswered: number;
}

interface Pending {
  readonly request: RequestOfCall;
  readonly at: number;
}

/** ng in HEP, as rtpengine numbers it. */
const ngProtocol = 61;
const maxPending = 10_000;
/** PBXs wait seconds for an answer, rtpengine answers within milliseconds. */
const pendingMs = 10_000;
/** rtpengine keeps an answer for retransmits of its request for at least 30 s. */
const rememberMs = 60_000;
const maxRemembered = 100_000;
const openingBrace = 0x7b;

/** Answers to `list` and `query` are long and of no interest here; requests name their command. */
const mayBeRequest = (body: Buffer): boolean => body[0] === openingBrace || body.includes('7:command');

/**
 * The answer to a `delete` holds the statistics of all legs and may be too long for HEP, then it is cut. Refusals are
 * short, so a cut answer is one of success; and to believe a delete can only end a listen.
 */
const answerIn = (body: Buffer, { command }: RequestOfCall): NgDict => {
  try {
    return decodeBody(body);
  } catch (error) {
    if (command !== 'delete') throw error;
    return { result: 'ok' };
  }
};

/**
 * Turns mirrored ng messages into call events: pairs each request with its answer by cookie and addresses, and lets an
 * `offer`, `answer` or `delete` count only once the call engine said it did it. All else (queries, our own commands)
 * passes by.
 */
export class Mirror {
  readonly counters: MirrorCounters = {
    packets: 0,
    events: 0,
    malformed: 0,
    repeated: 0,
    refused: 0,
    unanswered: 0,
  };
  readonly #pending = new Map<string, Pending>();
  /** Two generations of answered requests, so that forgetting costs nothing. */
  #answered = new Set<string>();
  #answeredBefore = new Set<string>();
  #generationSince = 0;

  /** One packet of the mirror in, at most one event out. Never throws. */
  take(packet: HepPacket): CallEvent | undefined {
    this.counters.packets += 1;
    if (packet.protocol !== ngProtocol) return undefined;
    try {
      const { cookie, body } = splitMessage(packet.payload);
      const answerTo = `${packet.destination} ${packet.source} ${cookie}`;
      const pending = this.#pending.get(answerTo);
      if (!pending) {
        if (mayBeRequest(body))
          this.#takeRequest(body, packet.at, `${packet.source} ${packet.destination} ${cookie}`);
        return undefined;
      }
      this.#pending.delete(answerTo);
      return this.#takeAnswer(body, packet.at, pending, answerTo);
    } catch {
      this.counters.malformed += 1;
      return undefined;
    }
  }

  /** The mirror broke: answers to what is pending will never be seen. */
  reset(): void {
    this.counters.unanswered += this.#pending.size;
    this.#pending.clear();
  }

  #takeRequest(body: Buffer, at: number, key: string): void {
    const request = requestOfCall(decodeBody(body));
    if (!request) return;
    if (this.#answered.has(key) || this.#answeredBefore.has(key)) {
      this.counters.repeated += 1;
      return;
    }
    this.#forgetStale(at);
    this.#pending.set(key, { request, at });
  }

  #takeAnswer(body: Buffer, at: number, pending: Pending, key: string): CallEvent | undefined {
    this.#remember(key, at);
    const event = callEventOf(pending.request, answerIn(body, pending.request), pending.at, at);
    if (event) this.counters.events += 1;
    else this.counters.refused += 1;
    return event;
  }

  /** Pending requests stand in the order they came; the oldest go first. */
  #forgetStale(now: number): void {
    for (const [key, { at }] of this.#pending) {
      if (now - at <= pendingMs && this.#pending.size < maxPending) return;
      this.#pending.delete(key);
      this.counters.unanswered += 1;
    }
  }

  #remember(key: string, now: number): void {
    if (now - this.#generationSince > rememberMs || this.#answered.size >= maxRemembered) {
      this.#answeredBefore = this.#answered;
      this.#answered = new Set();
      this.#generationSince = now;
    }
    this.#answered.add(key);
  }
}
