import type { Admitted } from '../../listen/ask.ts';

/** Listens that were admitted for a browser, each with the login that asked for it, until they end. */
export interface WaitingListens {
  add(subject: string, admitted: Admitted): void;
  /** Hands it out, once, to whoever asked for it; `taken`: it was. Nobody else learns that there is one. */
  take(subject: string, id: string): Admitted | 'taken' | undefined;
}

export const createWaitingListens = (): WaitingListens => {
  const known = new Map<string, { readonly subject: string; readonly admitted: Admitted | 'taken' }>();
  return {
    add(subject, admitted) {
      known.set(admitted.id, { subject, admitted });
      void admitted.ended.then(() => known.delete(admitted.id));
    },
    take(subject, id) {
      const found = known.get(id);
      if (found?.subject !== subject) return undefined;
      known.set(id, { subject, admitted: 'taken' });
      return found.admitted;
    },
  };
};
