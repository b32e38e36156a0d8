import {
  type Company,
  createCompilerOfAll,
  type Entitlement,
  type LackReason,
  lackReasons,
  type Resource,
} from '@medlyssning/policy';

/** What one entitlement does for one user, as a condition of the user says it; `Missing`: it is for others. */
export interface GivingEntitlement {
  readonly entitlement: Entitlement;
  readonly giving: 'Gives' | 'Missing' | LackReason;
}

export interface Wanted {
  readonly company: Company;
  readonly kind: 'license' | 'right';
  /** `metadata.name` of the User. */
  readonly user: string;
  readonly now: Date;
}

/**
 * Which entitlements of the company give the licence or right that listening requires to a user, and why the others do not. Each is
 * compiled as if it were the only one, so that this is what the operator finds and no second opinion.
 */
export const entitlementsTo = (
  { company, kind, user, now }: Wanted,
  resources: readonly Resource[],
): readonly GivingEntitlement[] => {
  const { namespace, name } = company.metadata;
  const required = company.spec.listening.requires[kind];
  const rest = resources.filter((one) => one.kind !== 'Entitlement' && one.metadata.namespace === namespace);
  const type = kind === 'license' ? 'Licensed' : 'MayListen';
  const compile = createCompilerOfAll();
  return resources
    .filter((one) => one.kind === 'Entitlement')
    .filter(({ metadata, spec }) => metadata.namespace === namespace && spec.companyRef.name === name)
    .filter(({ spec }) => spec[kind] === required)
    .map((entitlement) => {
      if (entitlement.spec.users?.includes(user) === false) return { entitlement, giving: 'Missing' };
      const { statuses } = compile([...rest, entitlement], now);
      const conditions = statuses.get(`User ${namespace}/${user}`)?.conditions ?? [];
      const reason = conditions.find((one) => one.type === type)?.reason ?? '';
      return { entitlement, giving: givingOf(reason) };
    });
};

const givingOf = (reason: string): GivingEntitlement['giving'] =>
  reason === 'LicenseGranted' || reason === 'RightGranted'
    ? 'Gives'
    : (lackReasons.find((one) => one === reason) ?? 'Missing');
