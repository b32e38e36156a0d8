import { z } from 'zod';
import type { Sidecar } from '../sidecar/sidecar.ts';
import { type Colleague, colleagueSchema } from '../sidecar/views.ts';

/** Calls of colleagues, as far as the caller may know: what `-o json` prints. */
export interface CallsSeen {
  readonly calls: readonly Omit<Colleague, 'inCall'>[];
  /** Why calls of some, or of all, are not for the caller to know; the first reason met. */
  readonly hidden?: { readonly all: boolean; readonly reason: string; readonly why: string };
}

const page = z.object({ colleagues: z.array(colleagueSchema), next: z.number().int().nullable() });
/** Of 500 each: more than any company has people, and an end to an answer that has none. */
const mostPages = 200;

/** Asks for all colleagues of the one who signed in, and keeps those in a call. @throws Unanswered */
export const callsSeen = async (sidecar: Sidecar): Promise<CallsSeen> => {
  const all: Colleague[] = [];
  let from: number | null = 0;
  for (let n = 0; from !== null && n < mostPages; n += 1) {
    const query: Readonly<Record<string, string>> = { from: String(from), limit: '500' };
    const { colleagues, next }: z.infer<typeof page> = await sidecar.ask(
      { path: '/v1/colleagues', query },
      page,
    );
    all.push(...colleagues);
    from = next;
  }
  const hidden = all.find(({ inCall }) => inCall === null);
  return {
    calls: all.filter(({ inCall }) => inCall).map(({ inCall: _, ...colleague }) => colleague),
    ...(hidden && {
      hidden: {
        all: all.every(({ inCall }) => inCall === null),
        reason: hidden.reason,
        why: hidden.why,
      },
    }),
  };
};
