import type { CallEnd } from '../phone/index.ts';

/** A refusal as the listener's phone gets it. */
export interface SipAnswer {
  readonly status: number | undefined;
  /** The code in `Warning: 399 medlyssning "Code: …"`. */
  readonly warning: string | undefined;
  /** The whole `Reason` header. */
  readonly reason: string | undefined;
  readonly retryAfter: string | undefined;
}

export function sipAnswer({ status, warning, reason, retryAfter }: CallEnd): SipAnswer {
  return {
    status,
    warning: /^399 medlyssning "([A-Za-z]+): /.exec(warning ?? '')?.[1],
    reason,
    retryAfter,
  };
}

/** The answer that a reason is given with. */
export function refusalWith(status: number, code: string): SipAnswer {
  return {
    status,
    warning: code,
    reason: `SIP;cause=${status};text="${code}"`,
    retryAfter: status === 503 ? '5' : undefined,
  };
}
