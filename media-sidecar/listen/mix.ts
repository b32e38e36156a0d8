/** Label of our subscriptions on the call engine, by which a restarted sidecar knows its own. */
export const relayLabel = 'medlyssning';

/** The copy of one party's audio. */
export interface Relay {
  /** Tag of our subscription, on the call engine. */
  readonly subscription: string;
  /** Tag of the published stream, on the listening engine. */
  readonly tag: string;
}

/** The relays of one call, gathered under one call-id on the listening engine. */
export interface Mix {
  /** call-id on the listening engine. */
  readonly id: string;
  /** call-id on the call engine. */
  readonly callId: string;
  /** By the party's tag on the call engine. */
  readonly relays: ReadonlyMap<string, Relay>;
}

/** Tags of the published streams that make up what a listener hears. */
export const mixTags = (mix: Mix): readonly string[] => [...mix.relays.values()].map((relay) => relay.tag);
