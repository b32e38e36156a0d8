import type { Entitlement } from '../generated/resources.ts';
import type { Problem } from './condition.ts';
import type { NormalisedUser } from './normalise-user.ts';
import { matchesSelector } from './selector.ts';

/** What an entitlement looks at in a user. */
export interface Subject {
  readonly name: string;
  /** RFC 3339 in UTC as the API server writes it, so text order is order in time. A directory has none: names decide. */
  readonly createdAt: string;
}

/** Whom an entitlement means, and what is wrong with how it says so. */
export interface Subjects {
  readonly subjects: readonly Subject[];
  readonly problems: readonly Problem[];
}

/** `license/NAME` or `right/NAME`; `undefined` for what no API server lets through: neither or both of licence and right, or a right by selector (R3). */
export const givenBy = ({ spec }: Entitlement): string | undefined => {
  if (spec.license !== undefined) return spec.right === undefined ? `license/${spec.license}` : undefined;
  return spec.right === undefined || spec.selector !== undefined ? undefined : `right/${spec.right}`;
};

/** Finds the users that an entitlement names or selects. `users` are of one company and in order of name. */
export const subjectsOf = (
  entitlement: Entitlement,
  users: ReadonlyMap<string, NormalisedUser>,
): Subjects => {
  const { spec } = entitlement;
  if (givenBy(entitlement) === undefined) return { subjects: [], problems: [malformed(entitlement)] };
  const named = [...new Set(spec.users)].sort();
  const unknown = named.filter((name) => !users.has(name));
  const { selector } = spec;
  const found =
    selector === undefined
      ? named.flatMap((name) => users.get(name) ?? [])
      : [...users.values()].filter(({ user }) => matchesSelector(selector, user.metadata.labels));
  const subjects = found.map(({ user: { metadata } }) => ({
    name: metadata.name,
    createdAt: metadata.creationTimestamp ?? '',
  }));
  if (unknown.length === 0) return { subjects, problems: [] };
  const shown = `${unknown.slice(0, 3).join(', ')}${unknown.length > 3 ? ', …' : ''}`;
  const message = `${unknown.length} of the users named are not users of the company (${shown}); correct or remove them.`;
  return { subjects, problems: [{ reason: 'UserUnknown', message }] };
};

const malformed = ({ spec }: Entitlement): Problem =>
  spec.selector !== undefined && spec.license === undefined
    ? {
        reason: 'SelectorNotAllowed',
        message: 'A right names its users one by one (R3); replace selector by users.',
      }
    : { reason: 'KindUnclear', message: 'Exactly one of license and right must be set; nobody holds it.' };
