import type { Admitted } from '../../listen/ask.ts';

/** Listens that were admitted and wait for the offer of the browser, each with the login that asked for it. */
export interface WaitingListens {
  add(subject: string, admitted: Admitted): void;
  /** Takes it out, for whoever asked for it. */
  take(subject: string, id: string): Admitted | undefined;
}

export const createWaitingListens = (): WaitingListens => {
  const waiting = new Map<string, { readonly subject: string; readonly admitted: Admitted }>();
  return {
    add(subject, admitted) {
      waiting.set(admitted.id, { subject, admitted });
      void admitted.ended.then(() => waiting.delete(admitted.id));
    },
    take(subject, id) {
      const found = waiting.get(id);
      if (found?.subject !== subject) return undefined;
      waiting.delete(id);
      return found.admitted;
    },
  };
};
