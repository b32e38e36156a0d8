import { whoHearsWhom } from '@medlyssning/e2e/lib/audio/index.ts';
import { cast } from '../cast/cast.ts';
import type { Report } from './report.ts';

/**
 * What `--json` prints. Times in ms, `atMs` since the customer dialled; people by their ids, with names beside them;
 * `whoHearsWhom` while two listened.
 */
export function jsonDocument({ result, checks, written, startingMs, voices }: Report) {
  const { events } = result;
  return {
    ok: checks.every(({ held }) => held),
    startingMs: Math.round(startingMs),
    showMs: Math.round(result.endedAt - result.startedAt),
    voices,
    people: Object.fromEntries(Object.entries(cast).map(([id, { name }]) => [id, name])),
    timeline: events,
    whoHearsWhom: whoHearsWhom(result.matrix),
    firstAudioMs: Object.fromEntries(
      events.filter((event) => event.kind === 'hears').map(({ who, firstAudioMs }) => [who, firstAudioMs]),
    ),
    packetsLost: Object.fromEntries(result.parties.map(({ who, lost }) => [who, lost])),
    told: events.filter((event) => event.kind === 'told').map(({ sentence }) => sentence),
    refusals: events
      .filter((event) => event.kind === 'refused')
      .map(({ who, status, reason, sentence }) => ({ who, status, reason, sentence })),
    checks,
    files: {
      folder: written.folder,
      recordings: Object.fromEntries(written.recordings),
      audit: written.audit,
    },
  };
}
