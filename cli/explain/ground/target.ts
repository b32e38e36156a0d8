import { shortenNumber, shown } from '@medlyssning/policy';
import { type About, cite, type FindGround, type Ground, suppose } from '../about.ts';
import { nearName } from '../find-user.ts';

/** R10. Says more than the listener is told, which is nothing: for administrators who may read both companies. */
export const sameCompany: FindGround = (about) => {
  const { target } = about.facts;
  if (!target) return { evidence: [] };
  return {
    evidence: [cite(about, target, ['spec', 'companyRef', 'name'], target.spec.companyRef.name)],
    toDo: about.words.otherCompany,
  };
};

/** R9. */
export const targetKnown: FindGround = (about) => {
  const { target, input } = about.facts;
  if (!target) return nobody(about);
  const { fixedNumber } = target.spec;
  const counts = input.target?.fixedNumber;
  const number = shortenNumber(counts ?? fixedNumber ?? '');
  const says = counts ? number : fixedNumber ? about.words.doesNotCount(number) : undefined;
  return { evidence: [cite(about, target, ['spec', 'fixedNumber'], says)] };
};

const nobody = (about: About): Ground => {
  const { asked, origin, words } = about;
  return {
    evidence: [suppose(words.target, words.noUserInCompany(shown(asked.target)))],
    toDo: `${words.nameTarget}${nearName(asked.target, origin, words)}`,
  };
};

export const targetNotListener: FindGround = (about) => {
  const { target } = about.facts;
  if (!target) return { evidence: [] };
  const evidence = [cite(about, target, ['metadata', 'name'], target.metadata.name)];
  return { evidence, toDo: about.words.nameAnother };
};
