import { readFileSync } from 'node:fs';

/**
 * What the API server writes down (audit.k8s.io/v1): who asked for what, with which outcome. Reads are kept for our own kinds only,
 * since tests count them; what the control plane's own parts read says nothing.
 */
export const auditPolicy = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived'],
  rules: [
    {
      level: 'None',
      verbs: ['get', 'list', 'watch'],
      users: ['system:apiserver', 'system:kube-controller-manager'],
    },
    { level: 'None', verbs: ['get', 'list', 'watch'], userGroups: ['system:serviceaccounts:kube-system'] },
    { level: 'Metadata', resources: [{ group: 'medlyssning.dev' }] },
    { level: 'None', verbs: ['get', 'list', 'watch'] },
    { level: 'Metadata' },
  ],
} as const;

/** One request, as far as tests look at it. A watch has two events: when it began and when it ended. */
export interface AuditEvent {
  readonly auditID: string;
  readonly stage: 'ResponseStarted' | 'ResponseComplete' | 'Panic';
  readonly verb: string;
  readonly requestURI: string;
  readonly user: { readonly username: string; readonly groups?: readonly string[] };
  readonly userAgent?: string;
  readonly objectRef?: {
    readonly apiGroup?: string;
    readonly resource: string;
    readonly subresource?: string;
    readonly namespace?: string;
    readonly name?: string;
    readonly resourceVersion?: string;
  };
  readonly responseStatus?: { readonly code: number; readonly reason?: string };
  /** RFC 3339 with microseconds. */
  readonly requestReceivedTimestamp: string;
  readonly stageTimestamp: string;
}

/** The events in an audit log so far. A last line that is still being written is left out. */
export function readAuditLog(file: string): readonly AuditEvent[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as AuditEvent);
}
