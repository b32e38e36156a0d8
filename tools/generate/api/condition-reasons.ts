import { lackReasons } from '../../../packages/policy/src/index.ts';

/** What one condition of one kind may say. */
export interface ConditionReason {
  /** Kinds, or `all`. */
  readonly on: string;
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reasons: readonly string[];
  readonly means: string;
}

/** Every condition and reason that the operator and the sidecars write, in the order in which they are best read. */
export const conditionReasons: readonly ConditionReason[] = [
  row('all', 'Ready', 'Unknown', ['Pending'], 'nobody has looked at it yet'),
  row('all but MediaNode', 'Ready', 'True', ['Compiled'], 'in force as written'),
  row(
    'all but MediaNode',
    'Ready',
    'False',
    ['Unreadable'],
    'today’s CRD would not take it; it counts for nothing',
  ),
  row('all but MediaNode', 'Stalled', 'True', ['as `Ready`'], 'it will not mend itself; absent otherwise'),
  row(
    'Company',
    'Ready',
    'Unknown',
    ['Paused'],
    '[paused](operator.md#pausing-a-company): what was in force stays in force',
  ),
  row('Company', 'Ready', 'False', ['DomainTaken'], 'another company claims one of its domains'),
  row(
    'Company',
    'Ready',
    'False',
    ['PolicyNotWritten'],
    'the API server did not take the policies; tried again',
  ),
  row('Company', 'Enforced', 'True', ['AllNodes'], 'every media node of the pool enforces the newest policy'),
  row('Company', 'Enforced', 'False', ['NodesBehind'], 'some do not yet: the message says *n of m*'),
  row('Company', 'Enforced', 'Unknown', ['NoMediaNodes'], 'the pool has none'),
  row(
    'Company',
    'Guarded',
    'True',
    ['Installed'],
    'the admission policies that guard rights ([R3](r3.md)) are there',
  ),
  row(
    'Company',
    'Guarded',
    'False',
    ['AdmissionMissing', 'AdmissionOutdated', 'AdmissionNotEnforced'],
    'they are not: who may edit could give rights',
  ),
  row('Company', 'Guarded', 'Unknown', ['NotSeen'], 'not looked at yet'),
  row('Profile, User, Entitlement', 'Ready', 'False', ['CompanyUnknown'], 'its company does not exist'),
  row(
    'User',
    'Ready',
    'False',
    ['NumberTaken', 'ExtensionTaken', 'AddressTaken', 'SubjectTaken'],
    'claimed by another user too; it names nobody',
  ),
  row(
    'User',
    'Ready',
    'False',
    ['NumberInvalid', 'NumberOutsideRange', 'AddressInvalid', 'ProfileUnknown'],
    'left out of the policy',
  ),
  row('User', 'Licensed', 'True', ['LicenseGranted'], 'holds the licence (R1)'),
  row('User', 'Licensed', 'False', ['LicenseMissing', ...lackReasons], 'does not hold it'),
  row('User', 'MayListen', 'True', ['RightGranted'], 'holds the right (R2)'),
  row('User', 'MayListen', 'False', ['RightMissing', ...lackReasons], 'does not hold it'),
  row(
    'User',
    'Listenable',
    'True',
    ['ProfileAllows'],
    'a call that starts now could be listened to (R1, R4)',
  ),
  row(
    'User',
    'Listenable',
    'False',
    ['ProfileForbids', 'ProfileUnknown', 'TargetLicenseMissing', 'ListeningDisabled'],
    'it could not',
  ),
  row(
    'Entitlement',
    'Ready',
    'False',
    ['UserUnknown', ...lackReasons],
    'some or all of those it names do not hold it',
  ),
  row(
    'Entitlement',
    'Ready',
    'False',
    ['KindUnclear', 'SelectorNotAllowed'],
    'neither or both of license and right, or a right by label; nobody holds it. The API server takes neither',
  ),
  row('MediaNode', 'Ready', 'True', ['Ready'], 'a policy is applied and both engines answer'),
  row('MediaNode', 'Ready', 'False', ['NotReady'], 'listening is refused there: the message says why'),
  row('MediaNode', 'PolicyApplied', 'True', ['Applied'], 'every policy of the pool is enforced'),
  row('MediaNode', 'PolicyApplied', 'False', ['NotListed'], 'the policies have not been listed yet'),
  row(
    'MediaNode',
    'PolicyApplied',
    'False',
    ['PolicyMalformed'],
    'one cannot be read; its users are refused',
  ),
  row('MediaNode', 'AuditIntact', 'True', ['Intact'], 'no audit record is missing, as far as is known'),
  row(
    'MediaNode',
    'AuditIntact',
    'False',
    ['RowsMissing'],
    'audit records are gone from the store ([audit](audit.md#when-records-are-gone)); stays until the object is deleted and the sidecar restarted',
  ),
];

function row(
  on: string,
  type: string,
  status: ConditionReason['status'],
  reasons: readonly string[],
  means: string,
): ConditionReason {
  return { on, type, status, reasons, means };
}
