import { readdirSync } from 'node:fs';
import type { User } from '@medlyssning/policy';
import { usersOf } from '../explain/find-user.ts';
import { openOrigin } from '../source/open-origin.ts';
import type { Candidate, Offers } from './complete.ts';

/** Who waits for a cluster with a finger on the key. */
const patienceMs = 2_000;

/** People and profiles of the folder or cluster that the words mention, and files. */
export const offersFor = async (words: readonly string[]): Promise<Offers> => {
  // A command being typed needs nobody.
  const people = words.length > 1 ? await peopleIn(words) : [];
  return (name, word) => {
    if (['user', 'listener', 'target'].includes(name)) return people.map(asCandidate);
    if (['path', 'filename', 'kubeconfig', 'token-file', 'store', 'log'].includes(name)) return filesAt(word);
    return name === 'profile' ? profilesOf(people, words) : [];
  };
};

const asCandidate = ({ metadata, spec }: User): Candidate => ({
  value: metadata.name,
  description: spec.displayName,
});

/** Those of the person named before; else all there are. */
const profilesOf = (people: readonly User[], words: readonly string[]): readonly Candidate[] => {
  const named = people.filter(({ metadata }) => words.includes(metadata.name));
  const profiles = (named.length > 0 ? named : people).flatMap(({ spec }) => spec.profiles);
  return [...new Set(profiles)].map((value) => ({ value, description: '' }));
};

const filesAt = (word: string): readonly Candidate[] => {
  const folder = word.slice(0, word.lastIndexOf('/') + 1);
  try {
    return readdirSync(folder || '.', { withFileTypes: true })
      .filter(({ name }) => !name.startsWith('.'))
      .map((entry) => ({
        value: `${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`,
        description: '',
      }));
  } catch {
    return [];
  }
};

/** Nobody, where that cannot be read: a shell has nowhere to show why. */
const peopleIn = async (words: readonly string[]): Promise<readonly User[]> => {
  const options = {
    ...optionIn('filename', ['-f', '--filename'], words),
    ...optionIn('namespace', ['-n', '--namespace'], words),
    ...optionIn('context', ['--context'], words),
    ...optionIn('kubeconfig', ['--kubeconfig'], words),
  };
  try {
    return usersOf((await openOrigin(options, [''], undefined, patienceMs)).origin.resources);
  } catch {
    return [];
  }
};

const optionIn = (
  name: string,
  flags: readonly string[],
  words: readonly string[],
): Readonly<Record<string, string>> => {
  const at = words.findIndex((word) => flags.includes(word));
  const value = at < 0 ? undefined : words[at + 1];
  return value === undefined || value === '' ? {} : { [name]: value };
};
