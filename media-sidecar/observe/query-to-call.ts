import type { QueryAnswer, QueryTag } from 'rtpengine-ng-client';
import { isOwnTag } from '../engines/own-tag.ts';
import { type CallMetadata, parseMetadata } from './parse-metadata.ts';

/** A party's leg. Listeners and legs that never got a tag are none. */
export interface Leg {
  readonly tag: string;
  readonly label: string | undefined;
  readonly metadata: CallMetadata | undefined;
  /** It has ports; a leg that was deleted stays listed without. */
  readonly present: boolean;
  /** Tags of the present legs this one talks with: offer and answer went through, and nobody took its place since. */
  readonly talksWith: readonly string[];
}

/** A call as the call engine has it at this moment. */
export interface CallDescription {
  /** ms since the epoch, never later than the call really began (older engines tell whole seconds). */
  readonly createdAt: number;
  /** The last metadata in any message of the call. */
  readonly metadata: CallMetadata | undefined;
  readonly legs: readonly Leg[];
  /** Tags of subscriptions of ours, still up, that were made under this label. */
  subscriptionsLabelled(label: string): readonly string[];
}

const parties = 'offer/answer';

const peers = (edges: readonly { readonly tag: string; readonly type: string }[]): readonly string[] =>
  edges.filter(({ type }) => type === parties).map(({ tag }) => tag);

const isPresent = (tag: QueryTag): boolean =>
  tag.medias.some((media) => media.streams.some((stream) => stream['local port'] !== undefined));

const onlyListens = ({ subscriptions }: QueryTag): boolean =>
  subscriptions.length > 0 && subscriptions.every(({ type }) => type !== parties);

const metadataOf = (text: string | undefined) => (text === undefined ? undefined : parseMetadata(text));

/** Pure reading of an answer to `query` (measured on 10.5, 12.5, 26.0: facts.md, "Who talks with whom"). */
export const describeCall = (answer: QueryAnswer): CallDescription => {
  const tagged = [...answer.tags.values()].filter(({ tag }) => tag !== '');
  const byTag = new Map(tagged.map((tag) => [tag.tag, tag]));
  const receives = (tag: QueryTag, from: string) => peers(tag.subscriptions).includes(from);

  const talksWith = (tag: QueryTag): readonly string[] =>
    isPresent(tag)
      ? peers(tag.subscriptions).filter((other) => {
          const peer = byTag.get(other);
          return peer !== undefined && isPresent(peer) && receives(peer, tag.tag);
        })
      : [];

  const legs = tagged
    .filter((tag) => !isOwnTag(tag.tag) && !onlyListens(tag))
    .map((tag) => ({
      tag: tag.tag,
      label: tag.label,
      metadata: metadataOf(tag.metadata),
      present: isPresent(tag),
      talksWith: talksWith(tag),
    }));
  return {
    createdAt: answer.created_ts === undefined ? answer.created * 1000 : Math.floor(answer.created_ts / 1000),
    metadata: metadataOf(answer.metadata),
    legs,
    subscriptionsLabelled: (label) =>
      tagged
        .filter((tag) => isOwnTag(tag.tag) && tag.label === label && isPresent(tag))
        .map(({ tag }) => tag),
  };
};
