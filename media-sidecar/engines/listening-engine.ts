import type { NgClient, NgRequestOptions, QueryAnswer } from 'rtpengine-ng-client';
import { listLimit } from './call-engine.ts';
import { abandonListener, atOnce, disconnectListener } from './take-down-listener.ts';

/**
 * The engine made for listeners. A *mix* is the call-id under which the relays of one call are gathered, a *listen* the
 * call-id of one listener; `connect` lets a listener hear the relays, mixed into one stream.
 *
 * Every method rejects with `NgError`. Deleting what is not there is no error.
 */
export interface ListeningEngine {
  ping(options?: NgRequestOptions): Promise<void>;
  /** call-ids of all mixes and listens; once connected, both names of what is then one call. */
  list(options?: NgRequestOptions): Promise<readonly string[]>;
  query(of: { readonly callId: string }, options?: NgRequestOptions): Promise<QueryAnswer>;
  /** Takes in the copy of one party. @param of.sdp the call engine's offer @returns the answer for it, recvonly */
  publishRelay(
    of: { readonly mix: string; readonly tag: string; readonly sdp: string },
    options?: NgRequestOptions,
  ): Promise<{ readonly sdp: string }>;
  /** Takes the listener's offer. @returns the answer; silence flows until `connect` */
  publishListener(
    of: { readonly listen: string; readonly tag: string; readonly sdp: string },
    options?: NgRequestOptions,
  ): Promise<{ readonly sdp: string }>;
  /** Takes the offer of a browser (ICE, DTLS-SRTP). @returns the answer; silence flows until `connect` */
  publishBrowser(
    of: { readonly listen: string; readonly tag: string; readonly sdp: string },
    options?: NgRequestOptions,
  ): Promise<{ readonly sdp: string }>;
  /** Makes an offer for a listener whom we call. */
  createListener(
    of: { readonly listen: string; readonly tag: string },
    options?: NgRequestOptions,
  ): Promise<{ readonly sdp: string }>;
  /** Takes the answer to `createListener`'s offer. */
  answerListener(
    of: { readonly listen: string; readonly tag: string; readonly sdp: string },
    options?: NgRequestOptions,
  ): Promise<void>;
  /** From now on the listener hears these relays. Tags must be unique among all listeners of a mix. */
  connect(
    of: {
      readonly mix: string;
      readonly relayTags: readonly string[];
      readonly listen: string;
      readonly tag: string;
    },
    options?: NgRequestOptions,
  ): Promise<void>;
  /** Forgets a listener that was never connected; with one that was, the whole mix would go. */
  deleteListener(of: { readonly listen: string }, options?: NgRequestOptions): Promise<void>;
  /** A connected listener hears nothing from now on, and its ports are closed; it stays listed until the mix is deleted. */
  disconnectListener(
    of: { readonly listen: string; readonly tag: string },
    options?: NgRequestOptions,
  ): Promise<void>;
  /**
   * Takes down a listener of whom nobody knows whether it was connected: disconnects it, and forgets its call where that
   * is not part of a mix.
   */
  abandonListener(
    of: { readonly listen: string; readonly tag: string },
    options?: NgRequestOptions,
  ): Promise<void>;
  /** The mix, its relays and every listener connected to it. */
  deleteMix(of: { readonly mix: string }, options?: NgRequestOptions): Promise<void>;
}

/** Without it inactive media, or one party only (facts.md, "Two engines"; the mix is made by the audio player). */
const player = { 'audio player': 'always' } as const;
/** What a browser needs. PCMA: mixed as it is, at a third of what Opus costs (facts.md, "The browser"). */
const webRtc = {
  ICE: 'force',
  DTLS: 'passive',
  SDES: ['off'],
  'transport-protocol': 'UDP/TLS/RTP/SAVPF',
  'rtcp-mux': ['require'],
  codec: { accept: ['PCMA'] },
} as const;

/**
 * Without it a listener hears whatever a stranger sends to a relay's port (facts.md, "Strangers who send RTP"). Learning stays on for a
 * call engine that sends from another address than its SDP names (`--interface=ADDRESS!OTHER`), whatever the engine's options.
 */
const onlyFromCallEngine = ['strict-source', 'endpoint-learning-heuristic'] as const;

/** The listening engine behind this client, with rtpengine's flags for each step. */
export const createListeningEngine = (client: NgClient): ListeningEngine => ({
  ping: (options) => client.ping(options),
  list: async (options) => (await client.list({ limit: listLimit }, options)).calls,
  query: ({ callId }, options) => client.query({ 'call-id': callId }, options),
  publishRelay: async ({ mix, tag, sdp }, options) => {
    const flags = ['trust-address', ...onlyFromCallEngine];
    const answer = await client.publish({ 'call-id': mix, 'from-tag': tag, sdp, flags }, options);
    return { sdp: answer.sdp };
  },
  publishListener: async ({ listen, tag, sdp }, options) => {
    const flags = ['bidirectional', 'trust-address'];
    const answer = await client.publish(
      { 'call-id': listen, 'from-tag': tag, sdp, flags, ...player },
      options,
    );
    return { sdp: answer.sdp };
  },
  publishBrowser: async ({ listen, tag, sdp }, options) => {
    const flags = ['bidirectional', 'trust-address'];
    const answer = await client.publish(
      { 'call-id': listen, 'from-tag': tag, sdp, flags, ...player, ...webRtc },
      options,
    );
    return { sdp: answer.sdp };
  },
  createListener: async ({ listen, tag }, options) => {
    const codec = { offer: ['PCMA', 'PCMU'] };
    const answer = await client.create({ 'call-id': listen, 'from-tag': tag, codec, ...player }, options);
    return { sdp: answer.sdp };
  },
  answerListener: async ({ listen, tag, sdp }, options) => {
    const flags = ['trust-address'];
    await client.createAnswer({ 'call-id': listen, 'from-tag': tag, sdp, flags, ...player }, options);
  },
  connect: async ({ mix, relayTags, listen, tag }, options) => {
    const flags = ['directional'];
    await client.connect(
      { 'call-id': mix, 'from-tags': relayTags, 'to-call-id': listen, 'to-tag': tag, flags, ...player },
      options,
    );
  },
  deleteListener: async ({ listen }, options) => {
    await client.delete({ 'call-id': listen, ...atOnce }, options);
  },
  disconnectListener: (of, options) => disconnectListener(client, of, options),
  abandonListener: (of, options) => abandonListener(client, of, options),
  deleteMix: async ({ mix }, options) => {
    await client.delete({ 'call-id': mix, ...atOnce }, options);
  },
});
