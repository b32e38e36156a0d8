import { parseResources } from '@medlyssning/policy';
import { describe, expect, it } from 'vitest';
import { argocdHealth, healthScript } from './argocd-health.ts';
import { kstatusOf } from './kstatus.ts';
import { readStates } from './read-states.ts';

const states = readStates();
const kinds = [...new Set(states.map(({ kind }) => kind))];

describe.each(states)('$kind: $comment', (state) => {
  it(`is ${state.metadata.annotations.kstatus} to kstatus`, () => {
    expect(kstatusOf(state)).toBe(state.metadata.annotations.kstatus);
  });

  it(`is ${state.metadata.annotations.argocd} in Argo CD`, async () => {
    const { status, message } = await argocdHealth(state);
    expect(status).toBe(state.metadata.annotations.argocd);
    expect(message).toMatch(/\.$/);
  });
});

it('the states are objects that the definitions allow', () => {
  const { problems } = parseResources(
    states.map(({ comment: _, ...state }, i) => {
      const named = { ...state, metadata: { ...state.metadata, name: `${state.kind.toLowerCase()}-${i}` } };
      return { file: `${i}.yaml`, text: JSON.stringify(named) };
    }),
  );
  expect(problems).toEqual([]);
});

it('every answer of the script is that of some state', async () => {
  let answers = 0;
  const numbered = healthScript.replaceAll(
    'return result(',
    () => `obj.answer = ${++answers} return result(`,
  );
  const given = new Set<string>();
  const bare = { kind: 'Company', metadata: { name: 'x', generation: 1 } };
  for (const state of [...states, bare]) {
    const { message } = await argocdHealth(
      state,
      `local health = (function() ${numbered}\nend)() health.message = obj.answer return health`,
    );
    given.add(message);
  }
  const unseen = Array.from({ length: answers }, (_, i) => String(i + 1)).filter(
    (answer) => !given.has(answer),
  );
  expect(unseen).toEqual([]);
  // Each state is a Lua of its own.
}, 60_000);

it.each(kinds)('a %s without any status is on its way', async (kind) => {
  const bare = { kind, metadata: { name: 'x', generation: 1 } };
  expect(await argocdHealth(bare)).toMatchObject({ status: 'Progressing' });
});
