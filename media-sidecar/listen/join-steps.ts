import { NgError } from 'rtpengine-ng-client';
import type { AuditLog } from '../audit/audit-log.ts';
import type { PartyDirectory } from '../book/party-directory.ts';
import type { CallEngine } from '../engines/call-engine.ts';
import type { ListeningEngine } from '../engines/listening-engine.ts';
import { describeCall } from '../observe/query-to-call.ts';
import { seeFirstPacket } from '../telemetry/first-packet.ts';
import { stepSpan } from '../telemetry/step-span.ts';
import type { ListenerMedia } from './ask.ts';
import { engineDenies } from './engine-denies.ts';
import { ListenFailed, step } from './failed.ts';
import type { Listen } from './listen.ts';
import { type Mix, mixTags } from './mix.ts';
import type { RelayPool } from './relay-pool.ts';
import type { UndoFailed } from './relays.ts';
import { SoundTurns } from './sound-turns.ts';

export interface JoinParts {
  readonly callEngine: CallEngine;
  readonly listeningEngine: ListeningEngine;
  readonly relays: RelayPool;
  readonly directory: PartyDirectory;
  readonly audit: AuditLog;
  /** The sound of the target's company (R6). */
  readonly soundFor: (company: string) => Buffer;
  readonly now: () => number;
  readonly onUndoFailed: UndoFailed;
  /** A listener of this mix could not be disconnected and may still hear it. */
  readonly onListenerStuck: (mix: Mix) => Promise<void>;
}

/** A connect without an answer may have been carried out, so the wait for one is how long a refused listener may hear. */
const connectWithin = { timeoutMs: 1_000 };

/**
 * The steps between admission and audio, in the order of docs/architecture.md: relay, listener's media, sound, join. Between any
 * two the listen may have been ended; then nothing further is done. The listener hears nothing before `connect`.
 */
export class JoinSteps {
  readonly #parts: JoinParts;
  readonly #turns = new SoundTurns();

  constructor(parts: JoinParts) {
    this.#parts = parts;
  }

  /**
   * @param recorded settles once the attempt's record is on stable storage; no record, no audio
   * @returns the SDP answer; empty where the offer was ours
   * Throws {@link ListenFailed}, or the signal's reason where the listen was ended meanwhile.
   */
  async join(listen: Listen, media: ListenerMedia, recorded: Promise<void>): Promise<string> {
    listen.media = media.kind;
    if (media.kind === 'called') await stepSpan('ring', () => this.#call(listen, media));
    const [tags] = await Promise.all([
      stepSpan('parties', () => this.#partiesNow(listen)),
      stepSpan('record attempt', () =>
        step('AuditUnavailable', 'the attempt could not be recorded', () => recorded),
      ),
    ]);
    listen.signal.throwIfAborted();
    await stepSpan('relay', () => this.#relay(listen, tags));
    listen.signal.throwIfAborted();
    const answer =
      media.kind === 'called' ? '' : await stepSpan('publish', () => this.#publish(listen, media));
    listen.signal.throwIfAborted();
    await stepSpan('sound', () => this.#sound(listen));
    listen.signal.throwIfAborted();
    await stepSpan('join', () => this.#connect(listen));
    seeFirstPacket(this.#parts.listeningEngine, listen);
    listen.signal.throwIfAborted();
    await stepSpan('record start', () => this.#recordStart(listen));
    return answer;
  }

  /** Lets the listener hear the mix as it is, and again where a party joined or left while that was done. */
  async connect(listen: Listen, mix: Mix): Promise<void> {
    const { id, tag } = listen;
    if (listen.connection === 'none') listen.connection = 'inDoubt';
    let relayTags: readonly string[];
    do {
      relayTags = mixTags(mix);
      await step('MediaFailed', 'the listener could not be connected', () =>
        this.#parts.listeningEngine.connect({ mix: mix.id, relayTags, listen: id, tag }, connectWithin),
      );
      listen.connection = 'connected';
      // from here on it hears, whatever comes of a second round
      listen.joinedAt ??= this.#parts.now();
    } while (relayTags.join() !== mixTags(mix).join());
  }

  /** Answers a new offer of a listener that is up: the engine moves its stream, the connections stay. */
  async reoffer(listen: Listen, sdp: string): Promise<string> {
    const { id, tag, signal } = listen;
    signal.throwIfAborted();
    if (listen.media === 'browser')
      throw new ListenFailed('MediaFailed', 'only a phone moves its stream; a browser asks anew');
    const published = await this.#parts.listeningEngine.publishListener({ listen: id, tag, sdp });
    // ended meanwhile: the offer may have come after the disconnecting, and opened the stream anew
    if (signal.aborted) await this.#disconnect(listen);
    signal.throwIfAborted();
    return published.sdp;
  }

  /** Who talks in the call, asked of the engine itself: the book may be a moment behind. */
  async #partiesNow(listen: Listen): Promise<readonly string[]> {
    const answer = await this.#parts.callEngine.query({ callId: listen.callId }).catch((error) => {
      const gone = error instanceof NgError && error.reason === 'EngineRefused';
      throw new ListenFailed(
        gone ? 'TargetNotInCall' : 'MediaFailed',
        'the call could not be looked up',
        error,
      );
    });
    const description = describeCall(answer);
    const target = description.legs.find((leg) => leg.tag === listen.targetTag && leg.present);
    if (!target || target.talksWith.length === 0) {
      throw new ListenFailed('TargetNotInCall', 'the call engine no longer has the target in this call');
    }
    const { directory, now } = this.#parts;
    if (engineDenies(listen.target, { description, tag: target.tag }, directory, now())) {
      throw new ListenFailed('TargetNotInCall', 'the call engine names someone else than the mirror did');
    }
    return [target.tag, ...target.talksWith];
  }

  async #relay(listen: Listen, partyTags: readonly string[]): Promise<void> {
    const lease = await step('MediaFailed', 'the parties could not be relayed', () =>
      this.#parts.relays.acquire(listen.callId, partyTags),
    );
    listen.releaseRelays = () => lease.release();
    listen.undo.defer(listen.releaseRelays);
    listen.mix = lease.mix;
    listen.state = 'relayed';
  }

  async #publish(listen: Listen, { kind, sdp }: Exclude<ListenerMedia, { kind: 'called' }>): Promise<string> {
    const { listeningEngine } = this.#parts;
    const of = { listen: listen.id, tag: listen.tag, sdp };
    // undone also where the answer never came: the engine may have done it all the same
    listen.undo.defer(() => this.#disconnect(listen));
    const published = await step('MediaFailed', "the listener's media was not accepted", () =>
      kind === 'browser' ? listeningEngine.publishBrowser(of) : listeningEngine.publishListener(of),
    );
    return published.sdp;
  }

  /** Calls a device of the listener's. Nothing is relayed, and nobody hears a sound, for a device that only rings. */
  async #call(listen: Listen, { ring }: Extract<ListenerMedia, { kind: 'called' }>): Promise<void> {
    const { listeningEngine } = this.#parts;
    const of = { listen: listen.id, tag: listen.tag };
    listen.undo.defer(() => this.#disconnect(listen));
    const { sdp: offer } = await step('MediaFailed', 'no offer could be made', () =>
      listeningEngine.createListener(of),
    );
    listen.signal.throwIfAborted();
    const sdp = await step('MediaFailed', 'the device was not reached', () =>
      ring(offer, listen.signal, () => listen.end('ListenerHungUp')),
    );
    listen.signal.throwIfAborted();
    await step('MediaFailed', 'the answer of the device was not accepted', () =>
      listeningEngine.answerListener({ ...of, sdp }),
    );
    listen.signal.throwIfAborted();
  }

  /** A listener that cannot be disconnected would go on hearing: then the whole mix goes, whoever else listens. */
  async #disconnect({ id, tag, mix, connection }: Listen): Promise<void> {
    const { listeningEngine, onUndoFailed, onListenerStuck } = this.#parts;
    try {
      if (connection === 'none') await listeningEngine.deleteListener({ listen: id });
      else if (connection === 'connected') await listeningEngine.disconnectListener({ listen: id, tag });
      else await listeningEngine.abandonListener({ listen: id, tag });
    } catch (error) {
      onUndoFailed('disconnecting a listener', error);
      if (mix && connection !== 'none') await onListenerStuck(mix);
    }
  }

  async #sound(listen: Listen): Promise<void> {
    const { callEngine, soundFor } = this.#parts;
    const { callId, targetTag: tag, signal } = listen;
    const { durationMs } = await step('ToneFailed', 'the sound did not reach the target', () =>
      this.#turns.play(`${callId} ${tag}`, signal, () =>
        callEngine.playSound({ callId, tag, sound: soundFor(listen.target.company) }),
      ),
    );
    listen.soundMs = durationMs;
    listen.state = 'sounded';
  }

  async #connect(listen: Listen): Promise<void> {
    const { mix } = listen;
    if (!mix) throw new ListenFailed('MediaFailed', 'the listen has no relays');
    const triedAt = this.#parts.now();
    await this.connect(listen, mix).catch((error) => {
      if (error.cause instanceof NgError && error.cause.reason !== 'EngineRefused') {
        // no answer came: the listener may hear, and the record must not say that nobody did
        listen.joinedAt ??= triedAt;
        // at both engines at once, since this network loses answers
        void listen.releaseRelays();
      }
      throw error;
    });
    listen.state = 'joined';
  }

  async #recordStart(listen: Listen): Promise<void> {
    const { soundMs } = listen;
    const record = listen.recordedAs(listen.joinedAt ?? this.#parts.now());
    await step('AuditUnavailable', 'the start could not be recorded', () =>
      this.#parts.audit.append({ record: 'start', ...record, soundMs }),
    );
  }
}
