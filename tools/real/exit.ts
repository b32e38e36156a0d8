import { constants } from 'node:os';

/** How a process ended: its exit code, or the signal that ended it. */
export type Exit = { readonly code: number } | { readonly signal: string };

/** Reads what Node tells of a child. A shell in between tells a death by signal as 128 + the signal's number. */
export function exitOf(code: number | null, signal: string | null): Exit {
  if (signal !== null) return { signal };
  const told = Object.entries(constants.signals).find(([, number]) => number === (code ?? 0) - 128)?.[0];
  return told === undefined ? { code: code ?? 0 } : { signal: told };
}

export function describeExit(exit: Exit): string {
  return 'code' in exit ? `exit code ${exit.code}` : exit.signal;
}
