import { UsageError } from '../errors.ts';

/** What only a running system knows; without a word about it an explanation supposes what does not stand in the way. */
export interface Supposed {
  /** The target is in an answered call. */
  readonly inCall: boolean;
  /** The colleague at the other end of that call; `undefined`: a customer. */
  readonly otherEnd: string | undefined;
  /** The listener is in a call or listening. */
  readonly lineBusy: boolean;
  /** How many listen to the call already. */
  readonly listeners: number;
  /** How long ago the media node could last confirm its policy, s. */
  readonly policyAge: number;
}

export const supposeNothing: Supposed = {
  inCall: true,
  otherEnd: undefined,
  lineBusy: false,
  listeners: 0,
  policyAge: 0,
};

/** What `--suppose` takes. */
export const suppositions = [
  'no-call',
  'line-busy',
  'listeners=N',
  'policy-age=SECONDS',
  'other-end=USER',
] as const;

/** @throws UsageError */
export const readSupposed = (words: readonly string[]): Supposed => words.reduce(withWord, supposeNothing);

const withWord = (before: Supposed, word: string): Supposed => {
  const [name, value] = [word.split('=', 1)[0], word.includes('=') ? word.slice(word.indexOf('=') + 1) : ''];
  const count = /^\d{1,9}$/.test(value) ? Number(value) : undefined;
  if (word === 'no-call') return { ...before, inCall: false };
  if (word === 'line-busy') return { ...before, lineBusy: true };
  if (name === 'listeners' && count !== undefined) return { ...before, listeners: count };
  if (name === 'policy-age' && count !== undefined) return { ...before, policyAge: count };
  if (name === 'other-end' && value !== '') return { ...before, otherEnd: value };
  throw new UsageError(`--suppose takes ${suppositions.join(', ')}, and not ${word}.`);
};
