/**
 * What became of one try. `again`: the receiver may take it later, not before `afterMs` where it said so. `refused`: it never will
 * take this event. `gone`: it wants no more of any.
 */
export type Outcome =
  | { readonly kind: 'delivered' | 'refused' | 'gone'; readonly why: string }
  | { readonly kind: 'again'; readonly why: string; readonly afterMs?: number };

export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
  /** ms since the epoch. */
  readonly now: number;
}

/** The event itself is at fault, and will be the next time. */
const neverTaken: ReadonlySet<number> = new Set([400, 413, 415, 422]);
const gone = 410;

/**
 * One try. Nothing of the answer is read beyond its status and when to come again, and it is never followed elsewhere: a receiver
 * has no say in where we send. Never rejects.
 */
export const post = async ({ url, headers, body, signal, now }: Post): Promise<Outcome> => {
  try {
    const response = await fetch(url, { method: 'POST', redirect: 'manual', headers, body, signal });
    const { status } = response;
    await response.body?.cancel();
    const why = `answered ${status}`;
    if (response.ok) return { kind: 'delivered', why };
    if (status === gone) return { kind: 'gone', why };
    if (neverTaken.has(status)) return { kind: 'refused', why };
    const afterMs = retryAfterMs(response.headers.get('retry-after'), now);
    return { kind: 'again', why, ...(afterMs !== undefined && { afterMs }) };
  } catch (error) {
    return { kind: 'again', why: causeOf(error) };
  }
};

/** RFC 9110 §10.2.3: seconds, or a date. */
export const retryAfterMs = (header: string | null, now: number): number | undefined => {
  if (header === null) return undefined;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1_000;
  const at = /^[A-Z][a-z]{2}, /.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
};

/** `fetch` says no more than that it failed; its cause has a code. */
const causeOf = (error: unknown): string => {
  const { name, cause } = error as { readonly name?: string; readonly cause?: { readonly code?: string } };
  if (name === 'TimeoutError') return 'did not answer in time';
  return cause?.code ?? name ?? 'failed';
};
