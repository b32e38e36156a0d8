import { shown } from '@medlyssning/policy';
import { cite, companyOf, type FindGround, suppose } from '../about.ts';
import { nearName } from '../find-user.ts';

/** The listener is a user of a company that there is. */
export const listenerKnown: FindGround = (about) => {
  const { asked, origin, facts, outcome } = about;
  const { listener } = facts;
  if (!listener) {
    return {
      evidence: [suppose('listener', `no User ${shown(asked.listener)} in ${origin.name}`)],
      toDo: `Name a User by its metadata.name, as namespace/name, or by its number${origin.written ? ', or the namespace by -n' : ''}.${nearName(asked.listener, origin)}`,
    };
  }
  const path = ['spec', 'companyRef', 'name'];
  const evidence = [cite(about, listener, path, listener.spec.companyRef.name)];
  if (outcome.outcome === 'passed') return { evidence };
  const { namespace } = listener.metadata;
  return {
    evidence,
    toDo: companyOf(origin, listener)
      ? 'The company is being removed, or its objects cannot be read; see what validate says.'
      : `There is no Company ${namespace}/${listener.spec.companyRef.name}; make it, or move the User to a company that there is.`,
  };
};

export const listeningEnabled: FindGround = (about) => {
  const { company } = about;
  if (!company) return { evidence: [] };
  const evidence = [cite(about, company, ['spec', 'listening', 'enabled'], company.spec.listening.enabled)];
  return { evidence, toDo: 'Set spec.listening.enabled of the Company to true, or leave it out.' };
};

export const policyFresh: FindGround = (about) => {
  const { company, asked } = about;
  if (!company) return { evidence: [] };
  const limit = company.spec.listening.maxPolicyAgeSeconds;
  return {
    evidence: [
      suppose('age of the policy', `${asked.supposed.policyAge} s`),
      cite(about, company, ['spec', 'listening', 'maxPolicyAgeSeconds'], limit),
    ],
    toDo: 'See why the media node cannot reach its source of policy: its log and /readyz say it. Calls are not touched meanwhile.',
  };
};
