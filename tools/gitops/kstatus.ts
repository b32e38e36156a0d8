/** What kstatus makes of an object. `NotFound` and `Unknown` are no states of an object that is there. */
export type Kstatus = 'InProgress' | 'Current' | 'Failed' | 'Terminating';

/** What kstatus looks at. */
export interface Judged {
  readonly metadata: { readonly generation?: number; readonly deletionTimestamp?: string };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
}

/**
 * The rules by which Flux, kpt and `cli-utils` tell whether what was applied is in effect: those of
 * sigs.k8s.io/cli-utils/pkg/kstatus for kinds it does not know, in its order.
 */
export function kstatusOf({ metadata, status = {} }: Judged): Kstatus {
  const { observedGeneration, conditions = [] } = status;
  if (metadata.deletionTimestamp !== undefined) return 'Terminating';
  if (
    metadata.generation !== undefined &&
    observedGeneration !== undefined &&
    observedGeneration !== metadata.generation
  )
    return 'InProgress';
  for (const { type, status: holds } of conditions) {
    if (type === 'Reconciling' && holds === 'True') return 'InProgress';
    if (type === 'Stalled' && holds === 'True') return 'Failed';
  }
  const ready = conditions.find(({ type }) => type === 'Ready');
  return ready === undefined || ready.status === 'True' ? 'Current' : 'InProgress';
}
