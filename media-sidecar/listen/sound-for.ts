import type { PolicyIndex } from '@medlyssning/policy';
import { soundOf } from '../engines/sound.ts';

/** The sound of a company's choice (R6); made once. */
export const soundFor = (index: PolicyIndex): ((company: string) => Buffer) => {
  const sounds = { TwoNotes: soundOf('TwoNotes'), OneNote: soundOf('OneNote') };
  return (company) => sounds[index.company(company)?.listening.sound ?? 'TwoNotes'];
};
