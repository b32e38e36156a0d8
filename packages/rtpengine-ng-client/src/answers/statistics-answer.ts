import type { NgDict } from '../ng-value.ts';
import { dict, dicts, number, required } from './fields.ts';

/** Counters by rtpengine's own names. Which there are depends on the engine's version: take an absent one for unknown. */
export interface Counters {
  readonly [name: string]: number | undefined;
}

/** What `statistics` tells, without the parts that describe interfaces, codecs and threads. */
export interface StatisticsAnswer {
  /** `sessionsown`, `sessionstotal`, `transcodedmedia`, … as of now. */
  readonly currentstatistics: Counters;
  /** `uptime` (s), `managedsessions`, `timeoutsessions`, `regularterminatedsessions`, … since the engine's start. */
  readonly totalstatistics: Counters;
  /** `totaloffercount`, `totalanswercount`, `totaldeletecount`, … since the engine's start. */
  readonly controlstatistics: Counters;
  /** The counts of each address that sends commands: `offercount`, `answercount`, `deletecount`, `errorcount`, … */
  readonly proxies: readonly Counters[];
}

/** @throws NgError `Malformed` */
export function readStatisticsAnswer(body: NgDict): StatisticsAnswer {
  const statistics = required(dict, body, 'statistics');
  const control = dict(statistics['controlstatistics']);
  return {
    currentstatistics: readCounters(dict(statistics['currentstatistics'])),
    totalstatistics: readCounters(dict(statistics['totalstatistics'])),
    controlstatistics: readCounters(control),
    proxies: dicts(control?.['proxies']).map(readCounters),
  };
}

function readCounters(from: NgDict | undefined): Counters {
  const counters: Record<string, number> = Object.create(null);
  for (const [name, value] of Object.entries(from ?? {})) {
    const count = number(value);
    if (count !== undefined) counters[name] = count;
  }
  return counters;
}
