import type { NgData, NgDict } from '../ng-value.ts';
import { dict, dicts, number, optional, required, text, texts } from './fields.ts';

/** One call as `query` shows it, under rtpengine's own names (ng_control_protocol.md, "query"). Times are Unix time. */
export interface QueryAnswer {
  /** Seconds. */
  readonly created: number;
  /** Microseconds; not told by older engines. */
  readonly created_ts?: number;
  /** Seconds. */
  readonly 'last signal'?: number;
  /** The last metadata given in any message of the call. */
  readonly metadata?: string;
  /**
   * The parties by tag, also those that are gone. A party that has no tag yet stands under `<untagged N>` with an
   * empty `tag`.
   */
  readonly tags: ReadonlyMap<string, QueryTag>;
}

/** One party. */
export interface QueryTag {
  readonly tag: string;
  readonly label?: string;
  readonly metadata?: string;
  /** Seconds. */
  readonly created?: number;
  /** Other tags this party goes by. */
  readonly 'tag-aliases': readonly string[];
  /** Whom this party receives media from. */
  readonly subscriptions: readonly QuerySubscription[];
  /** Who receives this party's media. */
  readonly subscribers: readonly QuerySubscription[];
  readonly medias: readonly QueryMedia[];
}

/** `offer/answer`: they talk with each other; `pub/sub`: one listens. The tag is empty for a party without one. */
export interface QuerySubscription {
  readonly tag: string;
  readonly type: string;
}

export interface QueryMedia {
  readonly index?: number;
  /** `audio`, `video`, … */
  readonly type?: string;
  readonly protocol?: string;
  readonly codec?: string;
  /** `send` and `recv` tell hold; `audio player`, `ICE`, `DTLS-SRTP`, … */
  readonly flags: readonly string[];
  /** RTP, then RTCP where it is not multiplexed. */
  readonly streams: readonly QueryStream[];
}

export interface QueryStream {
  /** Absent once the stream is closed: the sign that a party is gone. */
  readonly 'local port'?: number;
  readonly 'local address'?: string;
  readonly endpoint?: QueryEndpoint;
  /** Seconds; when the stream was made, until a packet came. */
  readonly 'last packet'?: number;
  readonly flags: readonly string[];
  /** Received. */
  readonly stats?: QueryStats;
  /** Sent; not told by older engines. */
  readonly stats_out?: QueryStats;
}

export interface QueryEndpoint {
  readonly address: string;
  readonly port: number;
}

export interface QueryStats {
  readonly packets: number;
  readonly bytes: number;
  readonly errors: number;
}

/** What is of another type than it should be is left out, except where nothing of use would remain. @throws NgError `Malformed` */
export function readQueryAnswer(body: NgDict): QueryAnswer {
  const tags = new Map<string, QueryTag>();
  for (const [key, value] of Object.entries(required(dict, body, 'tags'))) {
    const party = dict(value);
    if (party) tags.set(key, readTag(key, party));
  }
  return {
    created: required(number, body, 'created'),
    ...optional('created_ts', number(body['created_ts'])),
    ...optional('last signal', number(body['last signal'])),
    ...optional('metadata', text(body['metadata'])),
    tags,
  };
}

function readTag(key: string, party: NgDict): QueryTag {
  return {
    tag: text(party['tag']) ?? key,
    ...optional('label', text(party['label'])),
    ...optional('metadata', text(party['metadata'])),
    ...optional('created', number(party['created'])),
    'tag-aliases': texts(party['tag-aliases']),
    subscriptions: readSubscriptions(party['subscriptions']),
    subscribers: readSubscriptions(party['subscribers']),
    medias: dicts(party['medias']).map(readMedia),
  };
}

function readSubscriptions(value: NgData | undefined): readonly QuerySubscription[] {
  return dicts(value).flatMap((entry) => {
    const tag = text(entry['tag']);
    return tag === undefined ? [] : { tag, type: text(entry['type']) ?? '' };
  });
}

function readMedia(media: NgDict): QueryMedia {
  return {
    ...optional('index', number(media['index'])),
    ...optional('type', text(media['type'])),
    ...optional('protocol', text(media['protocol'])),
    ...optional('codec', text(media['codec'])),
    flags: texts(media['flags']),
    streams: dicts(media['streams']).map(readStream),
  };
}

function readStream(stream: NgDict): QueryStream {
  return {
    ...optional('local port', number(stream['local port'])),
    ...optional('local address', text(stream['local address'])),
    ...optional('endpoint', readEndpoint(dict(stream['endpoint']))),
    ...optional('last packet', number(stream['last packet'])),
    flags: texts(stream['flags']),
    ...optional('stats', readStats(dict(stream['stats']))),
    ...optional('stats_out', readStats(dict(stream['stats_out']))),
  };
}

/** rtpengine gives an empty dictionary where the endpoint is not known yet. */
function readEndpoint(endpoint: NgDict | undefined): QueryEndpoint | undefined {
  const address = text(endpoint?.['address']);
  const port = number(endpoint?.['port']);
  return address === undefined || port === undefined ? undefined : { address, port };
}

function readStats(stats: NgDict | undefined): QueryStats | undefined {
  if (!stats) return undefined;
  const [packets, bytes, errors] = [
    number(stats['packets']),
    number(stats['bytes']),
    number(stats['errors']),
  ];
  return packets === undefined || bytes === undefined ? undefined : { packets, bytes, errors: errors ?? 0 };
}
