/** Everyone in the show, as the timeline calls them. Names and rights are those of examples/; the two callers are anybody. */
export const cast = {
  customer: { name: 'The customer' },
  anna: { name: 'Anna Berg' },
  karin: { name: 'Karin Ek' },
  sven: { name: 'Sven Lund' },
  caller: { name: 'Another caller' },
  bo: { name: 'Bo Dahl' },
  eva: { name: 'Eva Lind' },
  greta: { name: 'Greta Wik' },
  maja: { name: 'Maja Frost' },
} as const;

export type PersonId = keyof typeof cast;

/** Who is heard and who hears: the two calls and the two who listen to the first. */
export const audible = ['customer', 'anna', 'karin', 'sven', 'caller', 'bo'] as const;

export type AudibleId = (typeof audible)[number];

export interface VoiceOf {
  /** A voice of espeak-ng. */
  readonly voice: string;
  /** The tone that tells this person's voice from all others (pilot.ts), Hz. */
  readonly pilotHz: number;
}

export const voiceOf: Readonly<Record<AudibleId, VoiceOf>> = {
  customer: { voice: 'en-us+m3', pilotHz: 33 },
  anna: { voice: 'en+f2', pilotHz: 44 },
  karin: { voice: 'en-us+f5', pilotHz: 55 },
  sven: { voice: 'en-gb', pilotHz: 66 },
  caller: { voice: 'en-us+m3', pilotHz: 77 },
  bo: { voice: 'en-gb', pilotHz: 88 },
};

/** Numbers in E.164; those outside the examples are from ranges kept free for fiction. */
export const numbers = {
  customer: '+46313900612',
  caller: '+46313900634',
  anna: '+46846500403',
  bo: '+46846500404',
  karinsMobile: '+46701740611',
  svensMobile: '+46701740612',
} as const;
