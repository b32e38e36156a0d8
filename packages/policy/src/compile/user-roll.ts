import type { User } from '../generated/resources.ts';
import { ClaimBook } from './claims.ts';
import type { CompanyContext } from './company-context.ts';
import { type CompiledUser, compileUser, isSameGrant } from './compiled-user.ts';
import type { Followed } from './follow-members.ts';
import type { GrantsByUser } from './grants.ts';
import { type NormalisedUser, normaliseUser } from './normalise-user.ts';
import { type CompiledUserStatus, userStatus } from './user-status.ts';

/** Who was granted the company's licence and right. */
interface CompanyGrants {
  readonly licence: GrantsByUser | undefined;
  readonly right: GrantsByUser | undefined;
}

/** The users of a company as read and as compiled, each looked at again only when something that it rests on changed. */
export class UserRoll {
  readonly #claims = new ClaimBook();
  /** Names of those to be compiled again. */
  readonly #due = new Set<string>();
  #users = new Map<string, NormalisedUser>();
  #compiled = new Map<string, CompiledUser>();
  /** As it was before users came or went. */
  #former: ReadonlyMap<string, CompiledUser> = this.#compiled;
  #context: CompanyContext | undefined;
  #grants: CompanyGrants = { licence: undefined, right: undefined };

  /** By name, in order of name. */
  get users(): ReadonlyMap<string, NormalisedUser> {
    return this.#users;
  }

  /** By name, in order of name. */
  get compiled(): ReadonlyMap<string, CompiledUser> {
    return this.#compiled;
  }

  /** What is said of a user now; worked out when asked, since 50,000 statuses at hand would be most of the memory. */
  statusOf(name: string, now: Date): CompiledUserStatus | undefined {
    const read = this.#users.get(name);
    const compiled = this.#compiled.get(name);
    if (read === undefined || compiled === undefined || this.#context === undefined) return undefined;
    return userStatus(read, compiled.row, compiled.grants, compiled.problems, this.#context, now);
  }

  /** Returns whether an entitlement would find the same users as before: nobody came or went, nor were labels or creation changed. */
  read({ moved, objects }: Followed<User>, context: CompanyContext): boolean {
    if (moved) {
      this.#readAll(objects, context);
      return false;
    }
    const same = objects.map((user) => isSameSubject(this.#users.get(user.metadata.name)?.user, user));
    const taken = context.numberingText === this.#context?.numberingText ? objects : this.#allWith(objects);
    for (const user of taken) {
      const { name } = user.metadata;
      const read = this.#readUser(user, context);
      this.#claim(name, this.#users.get(name)?.claims, read.claims);
      this.#users.set(name, read);
      this.#due.add(name);
    }
    return !same.includes(false);
  }

  /** Compiles again whom it may concern; returns those that came out another. */
  compile(grants: CompanyGrants, context: CompanyContext): readonly CompiledUser[] {
    if (context.text !== this.#context?.text) for (const name of this.#users.keys()) this.#due.add(name);
    for (const what of ['licence', 'right'] as const)
      for (const name of differences(this.#grants[what], grants[what])) this.#due.add(name);
    this.#context = context;
    this.#grants = grants;
    const changed: CompiledUser[] = [];
    for (const name of this.#due) {
      const read = this.#users.get(name);
      if (read === undefined) continue;
      const granted = { licence: grants.licence?.get(name), right: grants.right?.get(name) };
      const before = this.#former.get(name);
      const compiled = compileUser(read, granted, this.#claims.taken, context, before);
      if (compiled !== before) changed.push(compiled);
      this.#compiled.set(name, compiled);
    }
    this.#due.clear();
    this.#former = this.#compiled;
    return changed;
  }

  #readAll(users: readonly User[], context: CompanyContext): void {
    const before = this.#users;
    // Emptied, and due in order of name: so it fills in that order.
    this.#compiled = new Map();
    for (const { metadata } of users) this.#due.add(metadata.name);
    this.#users = new Map(users.map((user) => [user.metadata.name, this.#readUser(user, context)]));
    for (const [name, { claims }] of before) if (!this.#users.has(name)) this.#claim(name, claims, []);
    for (const [name, { claims }] of this.#users) this.#claim(name, before.get(name)?.claims, claims);
  }

  /** A status that was written makes another object, with the same numbers and addresses. */
  #readUser(user: User, context: CompanyContext): NormalisedUser {
    const known = this.#users.get(user.metadata.name);
    const isKnown = known !== undefined && context.numberingText === this.#context?.numberingText;
    return isKnown && isSameSpec(known.user, user)
      ? { ...known, user }
      : normaliseUser(user, context.company.spec);
  }

  #allWith(replaced: readonly User[]): readonly User[] {
    const users = new Map(this.#users.entries().map(([name, { user }]) => [name, user]));
    for (const user of replaced) users.set(user.metadata.name, user);
    return [...users.values()];
  }

  #claim(name: string, before: NormalisedUser['claims'] = [], after: NormalisedUser['claims']): void {
    if (before === after) return;
    for (const rival of this.#claims.replace(name, before, after)) this.#due.add(rival);
  }
}

/** Names for which one grants other than the other. */
function* differences(before: GrantsByUser | undefined, after: GrantsByUser | undefined): Generator<string> {
  if (before === after) return;
  for (const [name, grant] of before ?? []) if (!isSameGrant(grant, after?.get(name))) yield name;
  for (const name of after?.keys() ?? []) if (before?.has(name) !== true) yield name;
}

/** An API server counts the changes of a spec; a directory does not, and there a changed file is a new object. */
const isSameSpec = (a: User, b: User): boolean =>
  a.spec === b.spec ||
  (a.metadata.generation !== undefined &&
    a.metadata.generation === b.metadata.generation &&
    a.metadata.uid !== undefined &&
    a.metadata.uid === b.metadata.uid);

/** In all that an entitlement looks at. */
const isSameSubject = (before: User | undefined, after: User): boolean => {
  if (before === undefined || before.metadata.creationTimestamp !== after.metadata.creationTimestamp)
    return false;
  const [a, b] = [Object.entries(before.metadata.labels ?? {}), after.metadata.labels ?? {}];
  return a.length === Object.keys(b).length && a.every(([key, value]) => b[key] === value);
};
