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
  const who = kind === 'right' ? about.words.onlyCompanyAdministrator : '';
  return {
    evidence,
    toDo: `${nearest ? mend(about, nearest, user) : make(about, kind, required.value, user)}${who}`,
  };
};

const citeGiving = (about: About, entitlement: Entitlement, { metadata }: User): Evidence => {
  const named = entitlement.spec.users?.indexOf(metadata.name) ?? -1;
  return named >= 0
    ? cite(about, entitlement, ['spec', 'users', named], metadata.name)
    : cite(about, entitlement, ['spec', 'selector'], about.words.selects);
};

const citeLacking = (about: About, { entitlement, giving }: GivingEntitlement, user: User): Evidence => {
  const { spec } = entitlement;
  const { words } = about;
  switch (giving) {
    case 'SeatsExceeded':
      return cite(about, entitlement, ['spec', 'seats'], words.allTaken(spec.seats));
    case 'Expired':
      return cite(about, entitlement, ['spec', 'validUntil'], spec.validUntil);
    case 'NotYetValid':
      return cite(about, entitlement, ['spec', 'validFrom'], spec.validFrom);
    case 'ValidityInvalid':
      return cite(about, entitlement, ['spec', 'validUntil'], words.noTime);
    default:
      return spec.selector
        ? cite(about, entitlement, ['spec', 'selector'], words.selectsNot)
        : cite(about, entitlement, ['spec', 'users'], words.namesNot(user.metadata.name));
  }
};

const mend = (about: About, { entitlement, giving }: GivingEntitlement, { metadata }: User): string => {
  const { words } = about;
  const what = withPlace(cite(about, entitlement, ['spec'], ''));
  switch (giving) {
    case 'SeatsExceeded':
      return words.buySeats(what);
    case 'Expired':
      return words.renew(what);
    case 'NotYetValid':
      return words.awaitBegin(what);
    case 'ValidityInvalid':
      return words.writeValidity(what);
    default:
      return entitlement.spec.selector
        ? words.giveLabels(metadata.name, what)
        : words.addUser(metadata.name, what);
  }
};

const make = ({ words }: About, kind: string, name: string, { metadata, spec }: User): string =>
  words.makeEntitlement(kind, name, metadata.name, spec.companyRef.name);
