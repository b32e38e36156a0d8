import { shown } from '@medlyssning/policy';
import { cite, companyOf, type FindGround, suppose } from '../about.ts';
import { nearName } from '../find-user.ts';

/** The listener is a user of a company that there is. */
export const listenerKnown: FindGround = (about) => {
  const { asked, origin, facts, outcome, words } = about;
  const { listener } = facts;
  if (!listener) {
    return {
      evidence: [suppose(words.listener, words.noUserIn(shown(asked.listener), origin.name))],
      toDo: `${words.nameListener(origin.written !== undefined)}${nearName(asked.listener, origin, words)}`,
    };
  }
  const path = ['spec', 'companyRef', 'name'];
  const evidence = [cite(about, listener, path, listener.spec.companyRef.name)];
  if (outcome.outcome === 'passed') return { evidence };
  const { namespace } = listener.metadata;
  return {
    evidence,
    toDo: companyOf(origin, listener)
      ? words.companyGoing
      : words.noCompany(`${namespace}/${listener.spec.companyRef.name}`),
  };
};

export const listeningEnabled: FindGround = (about) => {
  const { company } = about;
  if (!company) return { evidence: [] };
  const evidence = [cite(about, company, ['spec', 'listening', 'enabled'], company.spec.listening.enabled)];
  return { evidence, toDo: about.words.enable };
};

export const policyFresh: FindGround = (about) => {
  const { company, asked, words } = about;
  if (!company) return { evidence: [] };
  const limit = company.spec.listening.maxPolicyAgeSeconds;
  return {
    evidence: [
      suppose(words.policyAge, words.seconds(asked.supposed.policyAge)),
      cite(about, company, ['spec', 'listening', 'maxPolicyAgeSeconds'], limit),
    ],
    toDo: words.refreshPolicy,
  };
};
