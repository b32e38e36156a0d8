import { printable } from './print/printable.ts';

/** What a script reads from the exit code. */
export const exitCodes = {
  /** Done; the answer is yes. */
  yes: 0,
  /** The answer is no: refused, nobody, or invalid. */
  no: 1,
  /** The command line cannot be used. */
  usage: 2,
  /** No answer: something could not be read or reached, or refused to answer. */
  unanswered: 3,
} as const;

/** The command line cannot be used as it is. The message says what to write. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** There is no answer to give, and so none is given. The message says why, and what to do. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';
}

/** What an error says, to stand inside a sentence. */
export const whyText = (cause: unknown): string =>
  printable(cause instanceof Error ? cause.message : String(cause)).replace(/\.$/, '');
