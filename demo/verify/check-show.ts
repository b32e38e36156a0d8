import { isDeepStrictEqual } from 'node:util';
import { whoHearsWhom } from '@medlyssning/e2e/lib/audio/index.ts';
import { cast } from '../cast/cast.ts';
import type { ShowEvent } from '../show/show-event.ts';
import type { ShowResult } from '../show/show-result.ts';
import { expected } from './expected.ts';

/** One claim of the demo and whether it held. */
export interface Check {
  /** A sentence, with the rule's id where there is one. */
  readonly claim: string;
  readonly held: boolean;
  /** What was found, for one that did not hold. */
  readonly found: string;
}

/**
 * From this likeness on a recording counts as having the sound in it. Measured: 0.7 to 1 with it, since the voice may
 * overlap its edges by a packet; up to 0.2 without.
 */
const soundThere = 0.5;

/** Compares what was seen and heard with what the rules say. */
export function checkShow(result: ShowResult): readonly Check[] {
  return [...hearing(result), ...sounds(result), ...refusals(result), ...records(result)];
}

const claim = (text: string, held: boolean, found: unknown): Check => ({
  claim: text,
  held,
  found: typeof found === 'string' ? found : JSON.stringify(found),
});

const equals = (text: string, found: unknown, wanted: unknown): Check =>
  claim(text, isDeepStrictEqual(found, wanted), found);

const eventsOf = <Kind extends ShowEvent['kind']>(events: readonly ShowEvent[], kind: Kind) =>
  events.filter((event): event is Extract<ShowEvent, { kind: Kind }> => event.kind === kind);

function hearing({ matrix, parties }: ShowResult): readonly Check[] {
  const heard = whoHearsWhom(matrix);
  const names = (ids: readonly (keyof typeof cast)[]) => ids.map((id) => cast[id].name).join(' and ');
  return [
    ...(Object.keys(expected.hears) as (keyof typeof expected.hears)[]).map((ear) =>
      equals(
        `${cast[ear].name} hears ${names(expected.hears[ear])} and nobody else`,
        heard[ear],
        expected.hears[ear],
      ),
    ),
    ...parties.flatMap(({ who, received, lost, sounds: played, sources }) => [
      claim(
        `${cast[who].name} lost no packet of the call`,
        received > 0 && lost === 0,
        `${lost} of ${received + lost}`,
      ),
      claim(
        `${cast[who].name} received nothing but the other's voice${expected.sounds[who] > 0 ? ' and the sounds' : ''}`,
        played === expected.sounds[who] && sources === 1,
        `${played} sounds, ${sources} senders`,
      ),
    ]),
  ];
}

function sounds({ sounds: found, events }: ShowResult): readonly Check[] {
  return [
    ...found.flatMap(({ listener, anna, customer }) => [
      claim(
        `Anna Berg hears a sound as ${cast[listener].name} starts to listen (R6)`,
        anna.likeness >= soundThere,
        `likeness ${anna.likeness.toFixed(2)}`,
      ),
      claim(
        `The customer does not hear the sound for ${cast[listener].name} (R6)`,
        customer.likeness < soundThere,
        `likeness ${customer.likeness.toFixed(2)}`,
      ),
    ]),
    equals(
      'Anna Berg sees who listens, at each change (R6)',
      eventsOf(events, 'told').map(({ sentence }) => sentence),
      expected.told,
    ),
  ];
}

function refusals({ events }: ShowResult): readonly Check[] {
  const refused = eventsOf(events, 'refused');
  return expected.refusals.map(({ who, status, reason, rule }, n) => {
    const found = refused[n];
    return equals(
      `${cast[who].name} is refused: ${reason}, ${status} (${rule})`,
      found && { who: found.who, status: found.status, reason: found.reason },
      { who, status, reason },
    );
  });
}

function records({ events, audit }: ShowResult): readonly Check[] {
  const attempts = audit.flatMap((record) =>
    record.record === 'attempt' ? `${record.listener.user} ${record.reason}` : [],
  );
  const ends = audit.flatMap((record) => (record.record === 'end' ? record.reason : []));
  return [
    equals('Every attempt is in the audit records, with its reason', attempts, expected.attempts),
    equals('Every listen has its end in the audit records', ends, expected.ends),
    equals(
      'Karin Ek is hung up when the call ends: CallEnded',
      eventsOf(events, 'cutOff').map(({ reason }) => reason),
      ['CallEnded'],
    ),
  ];
}
