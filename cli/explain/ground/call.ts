import type { User } from '@medlyssning/policy';
import { type About, cite, type Evidence, type FindGround, personName, suppose } from '../about.ts';
import { objectOf } from '../gather-facts.ts';

export const targetInCall: FindGround = ({ asked, facts, words }) => ({
  evidence: [suppose(words.call, asked.supposed.inCall ? words.answered : words.noCall)],
  toDo: words.awaitCall(personName(facts.target, asked.target)),
});

/** R4, first half. */
export const profileKnown: FindGround = (about) => ({
  evidence: [
    suppose(about.words.callBegan, timeText(about.asked.at)),
    ...partiesOf(about).flatMap((user) => since(about, user)),
  ],
  toDo: about.words.awaitNextCall,
});

/** R4, second half. */
export const profileAllows: FindGround = (about) => ({
  evidence: partiesOf(about).flatMap((user) => profileOf(about, user)),
  toDo: about.words.awaitProfile,
});

/** R11. */
export const lineFree: FindGround = ({ asked, words }) => ({
  evidence: [suppose(words.line, asked.supposed.lineBusy ? words.busy : words.free)],
  toDo: words.endOtherCall,
});

/** R7. */
export const listenersLimit: FindGround = (about) => {
  const { company, asked, words } = about;
  if (!company) return { evidence: [] };
  const limit = company.spec.listening.maxListenersPerCall;
  return {
    evidence: [
      suppose(words.listenersOnCall, words.asSupposed(asked.supposed.listeners)),
      cite(about, company, ['spec', 'listening', 'maxListenersPerCall'], limit),
    ],
    toDo: words.awaitRoom,
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
    ? [cite(about, user, ['spec', 'profiles', 0], about.words.sinceAlways(user.spec.profiles[0] ?? ''))]
    : [cite(about, user, ['status', 'activeProfile', 'since'], active.since)];
};

const profileOf = (about: About, user: User): readonly Evidence[] => {
  const { words } = about;
  const active = user.status?.activeProfile?.name;
  const name = active ?? user.spec.profiles[0] ?? '';
  const said =
    active === undefined
      ? cite(about, user, ['spec', 'profiles', 0], words.firstProfile(name))
      : cite(about, user, ['status', 'activeProfile', 'name'], name);
  if (!user.spec.profiles.includes(name))
    return [said, cite(about, user, ['spec', 'profiles'], user.spec.profiles)];
  const profile = objectOf(about.origin.resources, 'Profile', user.metadata.namespace, name);
  if (profile?.spec.companyRef.name !== user.spec.companyRef.name)
    return [said, suppose(words.profile, words.noProfile(`${user.metadata.namespace}/${name}`))];
  return [said, cite(about, profile, ['spec', 'allowListening'], profile.spec.allowListening ?? false)];
};

/** To the second, as people and Kubernetes write it. */
export const timeText = (time: Date): string => time.toISOString().replace(/\.\d{3}Z$/, 'Z');
