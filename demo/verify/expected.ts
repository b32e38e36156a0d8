import type { AudibleId, PersonId } from '../cast/cast.ts';

/** What the rules say must come of the show, written down by hand from rules.md. */
export const expected = {
  hears: {
    customer: ['anna'],
    anna: ['customer'],
    karin: ['customer', 'anna'],
    sven: ['customer', 'anna'],
    caller: ['bo'],
    bo: ['caller'],
  } satisfies Record<AudibleId, readonly AudibleId[]>,

  refusals: [
    { who: 'eva', status: 403, reason: 'ListenerRightMissing', rule: 'R2' },
    { who: 'greta', status: 403, reason: 'DeviceNotAllowed', rule: 'R8' },
    { who: 'karin', status: 486, reason: 'ListenerLineBusy', rule: 'R11' },
    { who: 'maja', status: 404, reason: 'TargetUnknown', rule: 'R10' },
    { who: 'sven', status: 403, reason: 'ProfileForbids', rule: 'R4' },
  ] satisfies readonly { who: PersonId; status: number; reason: string; rule: string }[],

  /** A sound for each who starts to listen, for Anna alone (R6). */
  sounds: { customer: 0, anna: 2 },

  /** On Anna's display, one after the other (R6). */
  told: [
    'Karin Ek lyssnar på ditt samtal.',
    'Karin Ek och Sven Lund lyssnar på ditt samtal.',
    'Karin Ek lyssnar på ditt samtal.',
    'Ingen lyssnar längre på ditt samtal.',
  ],

  /** Of the audit records, in order. */
  attempts: [
    'karin Allowed',
    'sven Allowed',
    'eva ListenerRightMissing',
    'greta DeviceNotAllowed',
    'karin ListenerLineBusy',
    'maja TargetUnknown',
    'sven ProfileForbids',
  ],
  ends: ['ListenerHungUp', 'CallEnded'],
} as const;
