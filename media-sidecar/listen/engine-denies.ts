import { onDescription } from '../book/on-description.ts';
import type { PartyDirectory } from '../book/party-directory.ts';
import type { CallDescription } from '../observe/query-to-call.ts';
import type { Person } from '../registry/line-registry.ts';

/**
 * Does the call engine, asked, name someone else on this leg than the book does? The book rests on the mirror, which any
 * process of this machine could write to; the engine's answer to a question of ours it could not. Where the engine names
 * nobody on the leg, the book's word stands.
 */
export const engineDenies = (
  person: Person,
  { description, tag }: { readonly description: CallDescription; readonly tag: string },
  directory: PartyDirectory,
  now: number,
): boolean => {
  const party = onDescription(undefined, '', description, directory, now)?.parties.find((p) => p.tag === tag);
  if (!party || party.address === '') return false;
  return party.user?.company !== person.company || party.user.name !== person.name;
};
