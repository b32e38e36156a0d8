import type { AttemptRecord } from '@medlyssning/media-sidecar/audit/audit-log.ts';
import { decide } from '@medlyssning/policy';

const from = Date.parse('2026-01-01T00:00:00Z');
const { rules } = decide({
  now: from,
  company: undefined,
  policyAgeMs: 0,
  listener: undefined,
  device: { kind: 'known', device: { name: 'desk', kind: 'Desk' } },
  target: undefined,
  call: undefined,
  line: { calls: 0, listens: 0 },
});

/** The nth attempt: of 50 companies and 100 users in each, one a minute. */
export const madeUpAttempt = (n: number): AttemptRecord => ({
  record: 'attempt',
  id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  at: new Date(from + n * 60_000).toISOString(),
  node: 'media-1',
  company: `company-${n % 50}/x`,
  retentionDays: 365,
  listener: { user: `user-${Math.floor(n / 50) % 100}`, number: '+46846500401' },
  target: { user: `user-${Math.floor(n / 5_000) % 100}`, number: '+46846500403' },
  device: { name: 'desk', kind: 'Desk' },
  callId: `call-${n}@pbx.example`,
  reason: 'Allowed',
  rules,
  policyRevisions: ['0123456789abcdef', 'fedcba9876543210'],
});
