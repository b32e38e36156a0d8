import { shortenNumber, shown } from '@medlyssning/policy';
import { type About, cite, type FindGround, type Ground, suppose } from '../about.ts';
import { nearName } from '../find-user.ts';

/** R10. Says more than the listener is told, which is nothing: for administrators who may read both companies. */
export const sameCompany: FindGround = (about) => {
  const { target } = about.facts;
  if (!target) return { evidence: [] };
  return {
    evidence: [cite(about, target, ['spec', 'companyRef', 'name'], target.spec.companyRef.name)],
    toDo: 'Nothing: nobody listens to another company. The listener is told that the number names no colleague.',
  };
};

/** R9. */
export const targetKnown: FindGround = (about) => {
  const { target, input } = about.facts;
  if (!target) return nobody(about);
  const { fixedNumber } = target.spec;
  const counts = input.target?.fixedNumber;
  const number = shortenNumber(counts ?? fixedNumber ?? '');
  const says = counts ? number : fixedNumber ? `${number}, which does not count` : undefined;
  return { evidence: [cite(about, target, ['spec', 'fixedNumber'], says)] };
};

const nobody = (about: About): Ground => {
  const { asked, origin } = about;
  return {
    evidence: [suppose('target', `no User ${shown(asked.target)} in the company`)],
    toDo: `Name a User of the company by its metadata.name, fixed number or extension.${nearName(asked.target, origin)}`,
  };
};

export const targetNotListener: FindGround = (about) => {
  const { target } = about.facts;
  if (!target) return { evidence: [] };
  const evidence = [cite(about, target, ['metadata', 'name'], target.metadata.name)];
  return { evidence, toDo: 'Name somebody else.' };
};
