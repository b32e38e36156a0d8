import type { NgDict } from 'rtpengine-ng-client';
import type { CallEvent, OfCall } from './call-event.ts';
import { parseMetadata } from './parse-metadata.ts';

/** A request that changes who talks in a call. */
export interface RequestOfCall extends OfCall {
  readonly command: 'offer' | 'answer' | 'delete';
}

/** RFC 3261 sets no bound; what is longer than this is no call of a sane PBX, and is not kept in memory. */
const maxIdLength = 1024;
const maxFlagsLength = 8192;

const bounded = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length > 0 && value.length <= maxIdLength ? value : undefined;

const text = (dict: NgDict, key: string): string | undefined => bounded(dict[key]);

/**
 * Kamailio sends its flags as dictionary keys or, when called with two arguments, as one string of `key=value` words
 * (`rtpp-flags`), which rtpengine takes apart.
 */
const flagWords = (body: NgDict): ReadonlyMap<string, string> => {
  const flags = body['rtpp-flags'];
  if (typeof flags !== 'string' || flags.length > maxFlagsLength) return new Map();
  const words = flags.split(/\s+/).filter((word) => word.includes('='));
  return new Map(words.map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]));
};

const isCommand = (value: unknown): value is RequestOfCall['command'] =>
  value === 'offer' || value === 'answer' || value === 'delete';

/** @returns `undefined` for requests that change no call, and for those without a readable call-id */
export const requestOfCall = (body: NgDict): RequestOfCall | undefined => {
  const command = body['command'];
  if (!isCommand(command)) return undefined;
  const callId = text(body, 'call-id');
  if (callId === undefined) return undefined;
  const words = flagWords(body);
  const said = (key: string) => text(body, key) ?? bounded(words.get(key));
  const metadata = said('metadata');
  return {
    command,
    callId,
    fromTag: said('from-tag'),
    toTag: said('to-tag'),
    label: said('label'),
    viaBranch: said('via-branch'),
    metadata: metadata === undefined ? undefined : parseMetadata(metadata),
  };
};

/**
 * What a request did, going by its answer. A `delete` that matched nothing is answered `ok` with a warning
 * (measured on 26.0.1: "Call-ID not found or tags didn't match") and did nothing.
 */
export const callEventOf = (
  { command, ...of }: RequestOfCall,
  answer: NgDict,
  at: number,
  doneAt: number,
): CallEvent | undefined => {
  if (answer['result'] !== 'ok') return undefined;
  const { fromTag, toTag } = of;
  switch (command) {
    case 'offer':
      return fromTag === undefined ? undefined : { ...of, kind: 'offered', fromTag, at, doneAt };
    case 'answer':
      if (fromTag === undefined || toTag === undefined) return undefined;
      return { ...of, kind: 'answered', fromTag, toTag, at, doneAt };
    case 'delete':
      return 'warning' in answer ? undefined : { ...of, kind: 'deleted', at, doneAt };
  }
};
