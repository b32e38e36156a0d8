import { beforeAll, describe, expect, it } from 'vitest';
import type { PartyDirectory } from '../book/party-directory.ts';
import type { CallMetadata } from '../observe/parse-metadata.ts';
import type { CallDescription } from '../observe/query-to-call.ts';
import { ActiveProfiles } from '../policy/active-profiles.ts';
import { exampleIndex } from '../policy/example-index.fixture.ts';
import { storePartyDirectory } from '../policy/store-party-directory.ts';
import { engineDenies } from './engine-denies.ts';

const bos: CallMetadata = { domain: 'acme.example', caller: '+46702222222', callee: '+46846500404' };
const person = (name: string) => ({ company: 'acme/acme', name });

/** A customer and a colleague talk, as `query` tells it. */
const talk = (of: { readonly offer?: CallMetadata; readonly answer?: CallMetadata }): CallDescription => {
  const leg = (tag: string, other: string, label: string, metadata: CallMetadata | undefined) => ({
    tag,
    label,
    metadata,
    present: true,
    talksWith: [other],
  });
  const legs = [leg('a', 'b', 'caller', of.offer), leg('b', 'a', 'callee', of.answer)];
  return { createdAt: 0, metadata: of.answer ?? of.offer, legs, subscriptionsLabelled: () => [] };
};

let directory: PartyDirectory;
beforeAll(async () => {
  directory = storePartyDirectory({
    index: await exampleIndex(),
    profiles: new ActiveProfiles(),
    store: { ageMs: () => 0, partlyKnown: new Set() },
  });
});
const denies = (name: string, tag: string, description: CallDescription) =>
  engineDenies(person(name), { description, tag }, directory, 1);

describe('the call engine, asked who is on a leg', () => {
  it('confirms the one it was told of', () => {
    expect(denies('bo', 'b', talk({ offer: bos, answer: bos }))).toBe(false);
  });

  it('denies anybody else: a mirror that says so lies', () => {
    expect(denies('anna', 'b', talk({ offer: bos, answer: bos }))).toBe(true);
    expect(denies('bo', 'a', talk({ offer: bos, answer: bos }))).toBe(true);
  });

  it('takes the answer’s word: a queue was called, and an agent answered', () => {
    const queue = { ...bos, callee: '+46846500499' };
    expect(denies('bo', 'b', talk({ offer: queue, answer: bos }))).toBe(false);
  });

  it('denies nobody where it was told nothing, or nothing that can be read one way', () => {
    expect(denies('bo', 'b', talk({}))).toBe(false);
    const crossed = { ...bos, caller: '+46846500404', callee: '+46702222222' };
    expect(denies('bo', 'b', talk({ offer: bos, answer: crossed }))).toBe(false);
    expect(denies('bo', 'c', talk({ offer: bos, answer: bos }))).toBe(false);
  });
});
