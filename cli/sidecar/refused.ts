import { z } from 'zod';
import { Unanswered, whyText } from '../errors.ts';
import { printable } from '../print/printable.ts';

/** RFC 9457, as a sidecar writes it. */
export const problemSchema = z.object({ reason: z.string(), detail: z.string() });

/** A sidecar refused to answer. */
export class SidecarRefused extends Unanswered {
  readonly status: number;
  /** The stable code of the problem; empty where it gave none. */
  readonly reason: string;

  constructor(message: string, status: number, reason: string) {
    super(message);
    this.status = status;
    this.reason = reason;
  }
}

/** Why it refused, and what to do. */
export const refusedBy = (
  name: string,
  status: number,
  problem: z.infer<typeof problemSchema> | undefined,
): SidecarRefused => {
  const reason = problem?.reason ?? '';
  const said = problem ? printable(`(${status} ${reason}): ${problem.detail}`) : `with the status ${status}.`;
  return new SidecarRefused(`The sidecar refused ${said}${adviceFor(name, status, problem)}`, status, reason);
};

const adviceFor = (name: string, status: number, problem: object | undefined): string => {
  if (!problem) return ` Is ${name} the HTTP API of a media sidecar?`;
  if (status === 401)
    return ' Write the token into a file for --token-file, or into MEDLYSSNING_TOKEN: a person has it from the issuer they sign in at, a ServiceAccount from kubectl create token NAME --audience medlyssning.dev.';
  return status === 404 && 'reason' in problem && problem.reason === 'NotFound'
    ? ' It is of an older version than this program.'
    : '';
};

/** Codes of Node and OpenSSL for a certificate that is not believed. */
const distrusted = /CERT|SIGNATURE|ALTNAME/;

/** It could not be asked. */
export const unreachable = (name: string, cause: unknown): Unanswered => {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  const code = inner instanceof Error && 'code' in inner ? String(inner.code) : '';
  const why = whyText(inner) || code;
  const advice = distrusted.test(code)
    ? 'Name the file of its authority in NODE_EXTRA_CA_CERTS, and the host as its certificate does.'
    : 'See whether it runs and has http.listen in its configuration; in a cluster, reach it by kubectl port-forward.';
  return new Unanswered(`The sidecar at ${name} cannot be asked: ${why}. ${advice}`, { cause });
};
