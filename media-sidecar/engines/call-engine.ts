import {
  type NgClient,
  NgError,
  type NgRequestOptions,
  type QueryAnswer,
  type StatisticsAnswer,
} from 'rtpengine-ng-client';
import { isOwnTag } from './own-tag.ts';
import { OwnTags } from './own-tags.ts';

/**
 * The engine that carries the calls, as far as we may touch it: look, copy audio out, play a sound. It has no command
 * that could end, change or record a call, and nothing in it leads to one (rules.md, "Calls fail open").
 *
 * Every method rejects with `NgError`, also where the engine does not know the call or the tag.
 */
export interface CallEngine {
  ping(options?: NgRequestOptions): Promise<void>;
  /** call-ids of all calls, those in their delete-delay included. */
  list(options?: NgRequestOptions): Promise<readonly string[]>;
  query(of: { readonly callId: string }, options?: NgRequestOptions): Promise<QueryAnswer>;
  statistics(options?: NgRequestOptions): Promise<StatisticsAnswer>;
  /**
   * Asks for a copy of what the party sends, under a tag of our own.
   * @returns that tag, and the SDP (sendonly) to offer to who takes the copy
   * @throws SubscriptionInDoubt where no answer came
   */
  subscribeRequest(
    of: { readonly callId: string; readonly fromTag: string; readonly label: string },
    options?: NgRequestOptions,
  ): Promise<{ readonly toTag: string; readonly sdp: string }>;
  /** Starts the copy. `toTag` must be one of ours. */
  subscribeAnswer(
    of: { readonly callId: string; readonly toTag: string; readonly sdp: string },
    options?: NgRequestOptions,
  ): Promise<void>;
  /** Ends the copy. `toTag` must be one of ours. */
  unsubscribe(
    of: { readonly callId: string; readonly toTag: string },
    options?: NgRequestOptions,
  ): Promise<void>;
  /**
   * Plays a sound (a WAV file's bytes) to one party alone, in place of what the other says (R6).
   * @returns how long it lasts, as the engine says
   */
  playSound(
    of: { readonly callId: string; readonly tag: string; readonly sound: Buffer },
    options?: NgRequestOptions,
  ): Promise<{ readonly durationMs: number }>;
  stopSound(of: { readonly callId: string; readonly tag: string }, options?: NgRequestOptions): Promise<void>;
}

/** No answer came to a `subscribe request`: the engine may hold a subscription under this tag. Unsubscribe it. */
export class SubscriptionInDoubt extends Error {
  override readonly name = 'SubscriptionInDoubt';
  readonly reason = 'SubscriptionInDoubt';
  readonly toTag: string;

  constructor(toTag: string, cause: unknown) {
    super('The engine did not say whether it made the copy; unsubscribe its tag.', { cause });
    this.toTag = toTag;
  }
}

/** rtpengine's own default for `list` is 32. */
export const listLimit = 1_000_000;

/**
 * Measured on 26.0.1: `unsubscribe` with a *party's* tag cuts that party's audio. So these two commands are sent for
 * tags we made up ourselves and for no other.
 */
const requireOwnTag = (command: string, callId: string, tag: string): void => {
  if (isOwnTag(tag)) return;
  throw new NgError(
    'Malformed',
    `${command} was not sent: the tag is not one of ours and may be a party's. Pass the tag subscribeRequest gave.`,
    { command, callId },
  );
};

/** The call engine behind this client. The client itself cannot be reached through what is returned. */
export const createCallEngine = (client: NgClient): CallEngine => {
  const tags = new OwnTags();
  return Object.freeze<CallEngine>({
    ping: (options) => client.ping(options),
    list: async (options) => (await client.list({ limit: listLimit }, options)).calls,
    query: ({ callId }, options) => client.query({ 'call-id': callId }, options),
    statistics: (options) => client.statistics(options),
    subscribeRequest: async ({ callId, fromTag, label }, options) => {
      const tag = tags.take({ callId, fromTag });
      // `label` would choose whom to copy; ours goes in `set-label`.
      const request = { 'call-id': callId, 'from-tag': fromTag, 'to-tag': tag, 'set-label': label };
      const answer = await client.subscribeRequest(request, options).catch((error) => {
        tags.drop(tag);
        const refused = error instanceof NgError && error.reason === 'EngineRefused';
        throw refused ? error : new SubscriptionInDoubt(tag, error);
      });
      return { toTag: answer['to-tag'], sdp: answer.sdp };
    },
    subscribeAnswer: async ({ callId, toTag, sdp }, options) => {
      requireOwnTag('subscribe answer', callId, toTag);
      // The answer names fewer codecs than the offer did, which the engine refuses without `allow transcoding`.
      // Nobody answers a copy. With learning, whoever sends one packet to its port gets it instead (facts.md, "Strangers who send RTP").
      const flags = ['trust-address', 'allow transcoding', 'endpoint-learning-off'];
      await client.subscribeAnswer({ 'call-id': callId, 'to-tag': toTag, sdp, flags }, options);
    },
    unsubscribe: async ({ callId, toTag }, options) => {
      requireOwnTag('unsubscribe', callId, toTag);
      const of = tags.drop(toTag);
      await client.unsubscribe({ 'call-id': callId, 'to-tag': toTag }, options);
      if (of) tags.spare(toTag, of);
    },
    playSound: async ({ callId, tag, sound }, options) => {
      const { duration } = await client.playMedia(
        { 'call-id': callId, 'from-tag': tag, blob: sound, flags: ['block-egress'] },
        options,
      );
      if (duration !== undefined && duration > 0) return { durationMs: duration };
      throw new NgError(
        'Malformed',
        'The engine did not say how long the sound is: it cannot be vouched for.',
        {
          command: 'play media',
          callId,
        },
      );
    },
    stopSound: async ({ callId, tag }, options) => {
      await client.stopMedia({ 'call-id': callId, 'from-tag': tag }, options);
    },
  });
};
