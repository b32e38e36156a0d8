import { nearestName, type PolicyIndex, type Resource, type User } from '@medlyssning/policy';
import { UsageError } from '../errors.ts';
import { type Grounds, grounds } from '../texts/grounds.ts';

/** Where people are looked for. */
export interface People {
  readonly resources: readonly Resource[];
  readonly index: PolicyIndex;
  /** The namespace meant where none is said; `undefined`: any. */
  readonly namespace: string | undefined;
}

/**
 * The User that a text names: `karin`, `acme/karin`, or a number as one dials it, within `company` (`namespace/name`) where that is
 * known. Names go before numbers. `undefined`: nobody.
 * @throws UsageError where it names several
 */
export const findUser = (text: string, people: People, company?: string): User | undefined => {
  const { resources, index, namespace } = people;
  const [inNamespace, name] = text.includes('/') ? splitOnce(text) : [undefined, text];
  const of = inNamespace ?? company?.split('/')[0] ?? namespace;
  const named = usersOf(resources).filter(
    ({ metadata }) => metadata.name === name && (of === undefined || metadata.namespace === of),
  );
  if (named.length > 1) {
    const all = named.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
    throw new UsageError(`${text} is the name of several: ${all.join(', ')}. Write one of these.`);
  }
  if (named[0]) return named[0];
  const companies = company === undefined ? [...index.companies()].map(({ key }) => key) : [company];
  const dialled = companies.flatMap((key) => index.personByDialled(key, text) ?? []);
  const [person] = dialled;
  if (!person || dialled.length > 1) return undefined;
  return usersOf(resources).find(
    ({ metadata, spec }) =>
      metadata.name === person.name && `${metadata.namespace}/${spec.companyRef.name}` === person.company,
  );
};

/** ` Did you mean karin?`; empty where no name is near. */
export const nearName = (
  text: string,
  { resources }: Pick<People, 'resources'>,
  { didYouMean }: Pick<Grounds, 'didYouMean'> = grounds.en,
): string => {
  const near = nearestName(
    text,
    usersOf(resources).map(({ metadata }) => metadata.name),
  );
  return near === undefined ? '' : didYouMean(near);
};

export const usersOf = (resources: readonly Resource[]): readonly User[] =>
  resources.filter((one) => one.kind === 'User');

const splitOnce = (text: string): readonly [string, string] => {
  const at = text.indexOf('/');
  return [text.slice(0, at), text.slice(at + 1)];
};
