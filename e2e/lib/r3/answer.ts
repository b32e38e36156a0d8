import type { AdminResponse } from '@medlyssning/tools/control-plane/admin-client.ts';

/**
 * What the API server said, in the words of docs/r3.md: `yes`, `role` (RBAC), `escalation` (RBAC, of more than one has), `schema`
 * (for everyone), or the admission policy that refused, without our prefix.
 */
export function answerOf({ status, body }: AdminResponse): string {
  const message = messageOf(body);
  if (status < 300) return 'yes';
  const policy = /ValidatingAdmissionPolicy 'medlyssning-([a-z-]+)'/.exec(message)?.[1];
  if (policy !== undefined) return status === 403 ? policy : `${policy} fails: ${message}`;
  if (status === 403 && message.includes('attempting to grant RBAC permissions not currently held'))
    return 'escalation';
  if (status === 403 && / cannot [a-z]+ resource /.test(message)) return 'role';
  if (status === 422) return 'schema';
  return `${status} ${message}`;
}

/** The sentence of a Status object, without the API server's words round that of a policy. */
export function sentenceOf({ body }: AdminResponse): string {
  return messageOf(body).replace(/^.* denied request: /, '');
}

function messageOf(body: unknown): string {
  return typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : '';
}
