import type { ListeningEngine } from '../engines/listening-engine.ts';
import type { ListenerMedia } from './ask.ts';
import { ListenFailed, step } from './failed.ts';
import type { Listen } from './listen.ts';
import { type Mix, mixTags } from './mix.ts';
import type { UndoFailed } from './relays.ts';

export interface ListenerStreamParts {
  readonly listeningEngine: ListeningEngine;
  readonly now: () => number;
  readonly onUndoFailed: UndoFailed;
  /** A listener of this mix could not be disconnected and may still hear it. */
  readonly onListenerStuck: (mix: Mix) => Promise<void>;
}

/** A connect without an answer may have been carried out, so the wait for one is how long a refused listener may hear. */
const connectWithin = { timeoutMs: 1_000 };

/** The stream of a listener on the listening engine, from its offer to its end. */
export class ListenerStream {
  readonly #parts: ListenerStreamParts;

  constructor(parts: ListenerStreamParts) {
    this.#parts = parts;
  }

  /** Answers the listener's offer; it hears nothing before `connect`. */
  async publish(listen: Listen, { kind, sdp }: Exclude<ListenerMedia, { kind: 'called' }>): Promise<string> {
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
  async call(listen: Listen, { ring }: Extract<ListenerMedia, { kind: 'called' }>): Promise<void> {
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
}
