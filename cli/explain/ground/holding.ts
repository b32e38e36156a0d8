import type { Company, Entitlement, User } from '@medlyssning/policy';
import { type About, cite, type Evidence, type FindGround, type Ground, withPlace } from '../about.ts';
import { entitlementsTo, type GivingEntitlement } from '../entitlements-to.ts';

/** Who holds the licence (R1) or the right (R2), and by which Entitlement. */
export const holding =
  (kind: 'license' | 'right', whose: 'listener' | 'target'): FindGround =>
  (about) => {
    const user = about.facts[whose];
    const { company, compiled, asked } = about;
    if (!user || !company) return { evidence: [] };
    const wanted = { company, kind, user: user.metadata.name, now: asked.at };
    const found = entitlementsTo(wanted, compiled.resources);
    const giving = found.filter((one) => one.giving === 'Gives');
    if (giving.length > 0)
      return { evidence: giving.map(({ entitlement }) => citeGiving(about, entitlement, user)) };
    return missing(about, { kind, company, user, found });
  };

interface Missing {
  readonly kind: 'license' | 'right';
  readonly company: Company;
  readonly user: User;
  readonly found: readonly GivingEntitlement[];
}

const missing = (about: About, { kind, company, user, found }: Missing): Ground => {
  const required = cite(
    about,
    company,
    ['spec', 'listening', 'requires', kind],
    company.spec.listening.requires[kind],
  );
  const evidence = [required, ...found.map((one) => citeLacking(about, one, user))];
  const nearest = found.find(({ giving }) => giving !== 'Missing') ?? found[0];
  const who = kind === 'right' ? ' Only an administrator of the whole company may (R3).' : '';
  return {
    evidence,
    toDo: `${nearest ? mend(about, nearest, user) : make(kind, required.value, user)}${who}`,
  };
};

const citeGiving = (about: About, entitlement: Entitlement, { metadata }: User): Evidence => {
  const named = entitlement.spec.users?.indexOf(metadata.name) ?? -1;
  return named >= 0
    ? cite(about, entitlement, ['spec', 'users', named], metadata.name)
    : cite(about, entitlement, ['spec', 'selector'], 'selects the labels of the User');
};

const citeLacking = (about: About, { entitlement, giving }: GivingEntitlement, user: User): Evidence => {
  const { spec } = entitlement;
  switch (giving) {
    case 'SeatsExceeded':
      return cite(about, entitlement, ['spec', 'seats'], `${spec.seats}, all taken`);
    case 'Expired':
      return cite(about, entitlement, ['spec', 'validUntil'], spec.validUntil);
    case 'NotYetValid':
      return cite(about, entitlement, ['spec', 'validFrom'], spec.validFrom);
    case 'ValidityInvalid':
      return cite(about, entitlement, ['spec', 'validUntil'], 'no time that can be read');
    default:
      return spec.selector
        ? cite(about, entitlement, ['spec', 'selector'], 'does not select the labels of the User')
        : cite(about, entitlement, ['spec', 'users'], `does not name ${user.metadata.name}`);
  }
};

const mend = (about: About, { entitlement, giving }: GivingEntitlement, { metadata }: User): string => {
  const what = withPlace(cite(about, entitlement, ['spec'], ''));
  switch (giving) {
    case 'SeatsExceeded':
      return `Buy seats and raise spec.seats of ${what}, or take somebody out of it.`;
    case 'Expired':
      return `Renew ${what}: write a later spec.validUntil, or none.`;
    case 'NotYetValid':
      return `Wait until ${what} begins, or write an earlier spec.validFrom.`;
    case 'ValidityInvalid':
      return `Write spec.validFrom and spec.validUntil of ${what} like 2026-01-31T08:00:00Z.`;
    default:
      return entitlement.spec.selector
        ? `Give ${metadata.name} the labels that ${what} selects, or a named Entitlement.`
        : `Add ${metadata.name} to spec.users of ${what}.`;
  }
};

const make = (kind: string, name: string, { metadata, spec }: User): string =>
  `Make an Entitlement with ${kind}: ${name} and users: [${metadata.name}] for the company ${spec.companyRef.name}.`;
