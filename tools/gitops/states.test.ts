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

it.each(kinds)('%s has a state for each health that it can have', (kind) => {
  const script = healthScript(kind);
  const possible = ['Healthy', 'Degraded', 'Progressing', 'Suspended'].filter((health) =>
    script.includes(`"${health}"`),
  );
  const shown = states
    .filter((state) => state.kind === kind)
    .map(({ metadata }) => metadata.annotations.argocd);
  expect(possible.filter((health) => !shown.includes(health))).toEqual([]);
});

it('the scripts begin alike', () => {
  const beginnings = kinds.map((kind) =>
    healthScript(kind).split('-'.repeat(80))[0]?.replace(kind, 'KIND').replaceAll('sidecar', 'operator'),
  );
  expect(new Set(beginnings).size).toBe(1);
});

it.each(kinds)('a %s without any status is on its way', async (kind) => {
  const bare = { kind, metadata: { name: 'x', generation: 1 } };
  expect(await argocdHealth(bare)).toMatchObject({ status: 'Progressing' });
});
