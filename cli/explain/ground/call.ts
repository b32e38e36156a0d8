import type { User } from '@medlyssning/policy';
import { type About, cite, type Evidence, type FindGround, personName, suppose } from '../about.ts';
import { objectOf } from '../gather-facts.ts';

export const targetInCall: FindGround = (about) => ({
  evidence: [suppose('call', about.asked.supposed.inCall ? 'answered, as supposed' : 'none, as supposed')],
  toDo: `Wait until ${targetName(about)} is in an answered call. A phone that only rings is not.`,
});

/** R4, first half. */
export const profileKnown: FindGround = (about) => ({
  evidence: [
    suppose('call began', timeText(about.asked.at)),
    ...partiesOf(about).flatMap((user) => since(about, user)),
  ],
  toDo: 'Wait for the next call. This one began before the active profile is known to have been active.',
});

/** R4, second half. */
export const profileAllows: FindGround = (about) => ({
  evidence: partiesOf(about).flatMap((user) => profileOf(about, user)),
  toDo: 'Wait for a call that begins in a profile which allows listening, or set spec.allowListening of that Profile to true. A switch of profile changes nothing for a call that is going on.',
});

/** R11. */
export const lineFree: FindGround = (about) => ({
  evidence: [
    suppose("the listener's line", about.asked.supposed.lineBusy ? 'busy, as supposed' : 'free, as supposed'),
  ],
  toDo: 'End the other call, or the other listening, on every device.',
});

/** R7. */
export const listenersLimit: FindGround = (about) => {
  const { company, asked } = about;
  if (!company) return { evidence: [] };
  const limit = company.spec.listening.maxListenersPerCall;
  return {
    evidence: [
      suppose('listeners on the call', `${asked.supposed.listeners}, as supposed`),
      cite(about, company, ['spec', 'listening', 'maxListenersPerCall'], limit),
    ],
    toDo: 'Wait until one of them stops, or raise maxListenersPerCall of the Company.',
  };
};

/** Whose profile is asked: the target's and, where the company says so, that of the colleague at the other end. */
const partiesOf = ({ facts, company, asked }: About): readonly User[] => {
  const { target, otherEnd } = facts;
  const both = company?.spec.listening.internalCalls === 'Both' && asked.supposed.otherEnd !== undefined;
  return [target, ...(both ? [otherEnd] : [])].filter((user) => user !== undefined);
};

const since = (about: About, user: User): readonly Evidence[] => {
  const active = user.status?.activeProfile;
  return active === undefined
    ? [cite(about, user, ['spec', 'profiles', 0], `${user.spec.profiles[0]}, since always`)]
    : [cite(about, user, ['status', 'activeProfile', 'since'], active.since)];
};

const profileOf = (about: About, user: User): readonly Evidence[] => {
  const active = user.status?.activeProfile?.name;
  const name = active ?? user.spec.profiles[0] ?? '';
  const said =
    active === undefined
      ? cite(about, user, ['spec', 'profiles', 0], `${name}, the first, since none is said to be active`)
      : cite(about, user, ['status', 'activeProfile', 'name'], name);
  if (!user.spec.profiles.includes(name))
    return [said, cite(about, user, ['spec', 'profiles'], user.spec.profiles)];
  const profile = objectOf(about.origin.resources, 'Profile', user.metadata.namespace, name);
  if (profile?.spec.companyRef.name !== user.spec.companyRef.name)
    return [said, suppose('profile', `no Profile ${user.metadata.namespace}/${name} of the company`)];
  return [said, cite(about, profile, ['spec', 'allowListening'], profile.spec.allowListening ?? false)];
};

const targetName = ({ facts, asked }: About): string => personName(facts.target, asked.target);

/** To the second, as people and Kubernetes write it. */
export const timeText = (time: Date): string => time.toISOString().replace(/\.\d{3}Z$/, 'Z');
