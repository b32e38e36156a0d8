import {
  type AskingDevice,
  type CompanyPolicy,
  deviceByIdentity,
  type PolicyIndex,
  type UserRow,
} from '@medlyssning/policy';
import { findPerson } from '../policy/find-person.ts';
import type { ListenerClaim, Question, SignedInQuestion } from './ask.ts';

/** Who asks, and by which device. */
export interface Identity {
  readonly company: CompanyPolicy | undefined;
  readonly listener: UserRow | undefined;
  readonly device: AskingDevice;
}

const unknownDevice: AskingDevice = { kind: 'unknown' };
/** Who asks is none that is known. */
export const nobody: Identity = { company: undefined, listener: undefined, device: unknownDevice };

const named = (row: UserRow, name: string): AskingDevice => {
  const device = row.devices.find((d) => d.name === name);
  return device ? { kind: 'known', device } : unknownDevice;
};

/**
 * The asking device (R8), in the order of docs/architecture.md: named by the header; else the one whose number or address is the
 * asserted identity; else the SIM where the access network is a mobile one; else unknown. A header that names no
 * device of this user is a contradiction, and a contradiction is not resolved in the listener's favour.
 */
const deviceOf = (row: UserRow, company: CompanyPolicy, claim: ListenerClaim): AskingDevice => {
  if (claim.device !== undefined) return named(row, claim.device);
  for (const identity of claim.identities) {
    const device = deviceByIdentity(row, identity, company);
    if (device) return { kind: 'known', device };
  }
  if (!/^3GPP/i.test(claim.accessNetwork ?? '')) return unknownDevice;
  const sims = row.devices.filter((d) => d.kind === 'MobileSubscription');
  return sims.length === 1 && sims[0] ? { kind: 'known', device: sims[0] } : unknownDevice;
};

/** The listener behind the asserted identities. Identities that name different people name nobody. */
export const identify = (index: PolicyIndex, claim: ListenerClaim): Identity => {
  let listener: UserRow | undefined;
  for (const identity of claim.identities) {
    const row = findPerson(index, identity);
    if (!row) continue;
    if (listener && (listener.name !== row.name || listener.company !== row.company)) return nobody;
    listener = row;
  }
  if (!listener) return nobody;
  const company = index.company(listener.company);
  return { company, listener, device: company ? deviceOf(listener, company, claim) : unknownDevice };
};

/** A browser is no device of the policy's: whoever signed in has one. */
const browser: AskingDevice = { kind: 'known', device: { name: 'browser', kind: 'Browser' } };

/** One whose name is proved, on the device they choose: one of theirs, or the browser they ask from. */
export const identityOn = (
  index: PolicyIndex,
  listener: UserRow | undefined,
  on: SignedInQuestion['on'],
): Identity => {
  if (!listener) return nobody;
  const company = index.company(listener.company);
  return { company, listener, device: on === 'browser' ? browser : named(listener, on.device) };
};

/** Who asks this, proved by the PBX or by a token. */
export const identityOf = (index: PolicyIndex, question: Question): Identity =>
  'claim' in question
    ? identify(index, question.claim)
    : identityOn(index, index.userBySubject(question.subject), question.on);
