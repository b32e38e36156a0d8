import { profileSeen } from '@medlyssning/media-sidecar/book/profile-at-start.ts';
import type {
  AskingDevice,
  CompanyPolicy,
  DecideInput,
  PolicyIndex,
  ProfileAtStart,
  Resource,
  User,
  UserRow,
} from '@medlyssning/policy';
import { findUser, type People } from './find-user.ts';
import type { Supposed } from './supposed.ts';

/** The question as it was put. */
export interface Asked {
  readonly listener: string;
  readonly target: string;
  /** Name of a device of the listener's, or `browser`; `undefined`: whichever may listen. */
  readonly device: string | undefined;
  /** When the call begins and the listener asks. */
  readonly at: Date;
  readonly supposed: Supposed;
}

/** What a decision looks at, and the objects behind it. */
export interface Facts {
  readonly input: DecideInput;
  readonly listener: User | undefined;
  readonly target: User | undefined;
  readonly otherEnd: User | undefined;
}

/** Puts together what the sidecar would decide by, from a policy and what is supposed of calls and lines. */
export const gatherFacts = (asked: Asked, people: People): Facts => {
  const { index } = people;
  const { at, supposed } = asked;
  const now = at.getTime();
  const listener = findUser(asked.listener, people);
  const company = listener && index.company(companyKey(listener));
  const listenerRow = listener && rowOf(index, listener);
  const target = findUser(asked.target, people, company?.key) ?? elsewhere(asked.target, people);
  const targetRow = target && rowOf(index, target);
  const otherEnd =
    supposed.otherEnd === undefined ? undefined : findUser(supposed.otherEnd, people, company?.key);
  const input: DecideInput = {
    now,
    company,
    policyAgeMs: supposed.policyAge * 1000,
    listener: listenerRow,
    device: deviceOf(listenerRow, company, canSignIn(index, listener), asked.device),
    target: targetRow,
    call:
      supposed.inCall && targetRow
        ? {
            callId: 'supposed',
            targetProfile: profileAt(targetRow, now),
            ...(supposed.otherEnd !== undefined &&
              !isOfAnother(otherEnd, company) && { otherColleague: colleague(index, otherEnd, now) }),
            listeners: supposed.listeners,
          }
        : undefined,
    line: { calls: supposed.lineBusy ? 1 : 0, listens: 0 },
  };
  return { input, listener, target, otherEnd };
};

export const companyKey = ({ metadata, spec }: User): string =>
  `${metadata.namespace}/${spec.companyRef.name}`;

/** Somebody of another company is a customer like any other. */
const isOfAnother = (user: User | undefined, company: CompanyPolicy | undefined): boolean =>
  user !== undefined && companyKey(user) !== company?.key;

const rowOf = (index: PolicyIndex, user: User): UserRow | undefined =>
  index.userByName(companyKey(user), user.metadata.name);

/** Somebody of another company, where that company is named: `beta/nils`. */
const elsewhere = (text: string, people: People): User | undefined =>
  text.includes('/') ? findUser(text, people) : undefined;

const profileAt = (row: UserRow, at: number): ProfileAtStart => {
  const { name, since } = row.activeProfile;
  return profileSeen({ name, since, allowed: row.profileAllows(name) === true }, at, at);
};

const colleague = (index: PolicyIndex, user: User | undefined, at: number) => {
  const row = user && rowOf(index, user);
  const profile: ProfileAtStart = row ? profileAt(row, at) : { kind: 'unknown' };
  return { user: row, profile };
};

/** Listening in a browser begins with a login, which names one person. */
const canSignIn = (index: PolicyIndex, user: User | undefined): boolean => {
  const row = user?.spec.subject === undefined ? undefined : index.userBySubject(user.spec.subject);
  return user !== undefined && row?.name === user.metadata.name && row.company === companyKey(user);
};

/** The one named, as the PBX would; else the first that may listen, else the first, else a browser where that may. */
const deviceOf = (
  row: UserRow | undefined,
  company: CompanyPolicy | undefined,
  hasLogin: boolean,
  named: string | undefined,
): AskingDevice => {
  const devices = row?.devices ?? [];
  const mayListen = company?.listening.allowedDevices ?? [];
  const device =
    named === undefined
      ? (devices.find(({ kind }) => mayListen.includes(kind)) ?? devices[0])
      : devices.find(({ name }) => name === named);
  if (device) return { kind: 'known', device };
  const isBrowser = named === undefined ? mayListen.includes('Browser') : named === browser.name;
  return hasLogin && isBrowser ? { kind: 'known', device: browser } : { kind: 'unknown' };
};

/** A page of the console, which is no device of the policy. */
const browser = { name: 'browser', kind: 'Browser' } as const;

/** The objects of one kind. */
export const objectOf = <Kind extends Resource['kind']>(
  resources: readonly Resource[],
  kind: Kind,
  namespace: string,
  name: string,
): Extract<Resource, { kind: Kind }> | undefined =>
  resources.find(
    (one): one is Extract<Resource, { kind: Kind }> =>
      one.kind === kind && one.metadata.namespace === namespace && one.metadata.name === name,
  );
