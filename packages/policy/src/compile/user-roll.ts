import type { User } from '../generated/resources.ts';
import { ClaimBook } from './claims.ts';
import type { CompanyContext } from './company-context.ts';
import type { Followed } from './follow-members.ts';
import type { Grant, GrantsByUser } from './grants.ts';
import type { NormalisedUser } from './normalise-user.ts';
import { type CompiledUser, createUserCompiler } from './user-compiler.ts';
import type { CompiledUserStatus } from './user-status.ts';

/** Who was granted the company's licence and right. */
interface CompanyGrants {
  readonly licence: GrantsByUser | undefined;
  readonly right: GrantsByUser | undefined;
}

/** The users of a company as read and as compiled, each looked at again only when something that it rests on changed. */
export class UserRoll {
  readonly #compiler = createUserCompiler();
  readonly #claims = new ClaimBook();
  /** Names of those to be written again. */
  readonly #due = new Set<string>();
  #users = new Map<string, NormalisedUser>();
  #compiled = new Map<string, CompiledUser>();
  #statuses = new Map<string, CompiledUserStatus>();
  /** As it was before users came or went. */
  #former: ReadonlyMap<string, CompiledUser> = this.#compiled;
  #context: Pick<CompanyContext, 'text' | 'numberingText'> = { text: '', numberingText: '' };
  #grants: CompanyGrants = { licence: undefined, right: undefined };

  /** By name, in order of name. */
  get users(): ReadonlyMap<string, NormalisedUser> {
    return this.#users;
  }

  /** By name, in order of name. */
  get compiled(): ReadonlyMap<string, CompiledUser> {
    return this.#compiled;
  }

  /** By name, in order of name. Changes with the next run. */
  get statuses(): ReadonlyMap<string, CompiledUserStatus> {
    return this.#statuses;
  }

  /** Returns whether an entitlement would find the same users as before: nobody came or went, nor were labels or creation changed. */
  read({ moved, objects }: Followed<User>, context: CompanyContext): boolean {
    if (moved) {
      this.#readAll(objects, context);
      return false;
    }
    const same = objects.map((user) => isSameSubject(this.#users.get(user.metadata.name)?.user, user));
    for (const user of objects) this.#take(user, context);
    if (context.numberingText !== this.#context.numberingText)
      for (const { user } of [...this.#users.values()]) this.#take(user, context);
    return !same.includes(false);
  }

  /** Writes again whom it may concern; returns those that came out another. */
  write(grants: CompanyGrants, context: CompanyContext, now: Date): readonly CompiledUser[] {
    if (context.text !== this.#context.text) for (const name of this.#users.keys()) this.#due.add(name);
    for (const what of ['licence', 'right'] as const)
      for (const name of differences(this.#grants[what], grants[what])) this.#due.add(name);
    this.#context = context;
    this.#grants = grants;
    const rewritten: CompiledUser[] = [];
    for (const name of this.#due) {
      const read = this.#users.get(name);
      if (read === undefined) continue;
      const granted = { licence: grants.licence?.get(name), right: grants.right?.get(name) };
      const compiled = this.#compiler.write(read, granted, this.#claims.taken, context, now);
      if (compiled !== this.#former.get(name)) rewritten.push(compiled);
      this.#compiled.set(name, compiled);
      this.#statuses.set(name, compiled.status);
    }
    this.#due.clear();
    this.#former = this.#compiled;
    return rewritten;
  }

  #readAll(users: readonly User[], context: CompanyContext): void {
    const before = this.#users;
    // Emptied, and due in order of name: so it fills in that order.
    this.#compiled = new Map();
    this.#statuses = new Map();
    for (const { metadata } of users) this.#due.add(metadata.name);
    this.#users = new Map(users.map((user) => [user.metadata.name, this.#compiler.read(user, context)]));
    for (const [name, { claims }] of before) if (!this.#users.has(name)) this.#claim(name, claims, []);
    for (const [name, { claims }] of this.#users) this.#claim(name, before.get(name)?.claims ?? [], claims);
  }

  #take(user: User, context: CompanyContext): void {
    const { name } = user.metadata;
    const read = this.#compiler.read(user, context);
    this.#claim(name, this.#users.get(name)?.claims ?? [], read.claims);
    this.#users.set(name, read);
    this.#due.add(name);
  }

  #claim(name: string, before: NormalisedUser['claims'], after: NormalisedUser['claims']): void {
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

const isSameGrant = (a: Grant, b: Grant | undefined): boolean =>
  b !== undefined && (a.held ? b.held && a.until === b.until : !b.held && a.reason === b.reason);

/** In all that an entitlement looks at. */
const isSameSubject = (before: User | undefined, after: User): boolean => {
  if (before === undefined || before.metadata.creationTimestamp !== after.metadata.creationTimestamp)
    return false;
  const [a, b] = [Object.entries(before.metadata.labels ?? {}), after.metadata.labels ?? {}];
  return a.length === Object.keys(b).length && a.every(([key, value]) => b[key] === value);
};
