import { NgError } from 'rtpengine-ng-client';
import type { AuditLog } from '../audit/audit-log.ts';
import type { PartyDirectory } from '../book/party-directory.ts';
import type { CallEngine } from '../engines/call-engine.ts';
import type { ListeningEngine } from '../engines/listening-engine.ts';
import { seeFirstPacket } from '../telemetry/first-packet.ts';
import { stepSpan } from '../telemetry/step-span.ts';
import type { ListenerMedia } from './ask.ts';
import { ListenFailed, step } from './failed.ts';
import type { Listen } from './listen.ts';
import type { ListenerStream } from './listener-stream.ts';
import { partiesNow } from './parties-now.ts';
import type { RelayPool } from './relay-pool.ts';
import { SoundTurns } from './sound-turns.ts';

export interface JoinParts {
  readonly callEngine: CallEngine;
  readonly listeningEngine: ListeningEngine;
  readonly relays: RelayPool;
  readonly stream: ListenerStream;
  readonly directory: PartyDirectory;
  readonly audit: AuditLog;
  /** The sound of the target's company (R6). */
  readonly soundFor: (company: string) => Buffer;
  readonly now: () => number;
}

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
    const { stream } = this.#parts;
    listen.media = media.kind;
    if (media.kind === 'called') await stepSpan('ring', () => stream.call(listen, media));
    const [tags] = await Promise.all([
      stepSpan('parties', () => partiesNow(this.#parts, listen)),
      stepSpan('record attempt', () =>
        step('AuditUnavailable', 'the attempt could not be recorded', () => recorded),
      ),
    ]);
    listen.signal.throwIfAborted();
    await stepSpan('relay', () => this.#relay(listen, tags));
    listen.signal.throwIfAborted();
    const answer =
      media.kind === 'called' ? '' : await stepSpan('publish', () => stream.publish(listen, media));
    listen.signal.throwIfAborted();
    await stepSpan('sound', () => this.#sound(listen));
    listen.signal.throwIfAborted();
    await stepSpan('join', () => this.#connect(listen));
    seeFirstPacket(this.#parts.listeningEngine, listen);
    listen.signal.throwIfAborted();
    await stepSpan('record start', () => this.#recordStart(listen));
    return answer;
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
    const { stream, now } = this.#parts;
    const triedAt = now();
    await stream.connect(listen, mix).catch((error) => {
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
