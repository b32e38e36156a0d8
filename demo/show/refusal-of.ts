import type { CallEnd } from '@medlyssning/e2e/lib/phone/index.ts';
import type { Refusal } from './show-event.ts';

/** Reads a refusal as a phone would show it: `Reason: SIP;text="CODE"` and `Warning: 399 host "CODE: sentence"`. */
export function refusalOf({ status, reason, warning }: CallEnd): Refusal {
  return {
    status: status ?? 0,
    reason: codeOf(reason),
    sentence: /"[^":]*: ?([^"]*)"/.exec(warning ?? '')?.[1] ?? '',
  };
}

/** The reason code in a `Reason` header; '' when there is none. */
export function codeOf(reason: string | undefined): string {
  return /text="([^"]*)"/.exec(reason ?? '')?.[1] ?? '';
}
