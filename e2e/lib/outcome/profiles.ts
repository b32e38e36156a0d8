import type { Edit } from '../world/edit-policy.ts';

/** The active profile of people of Acme, as `examples/acme/agents.yaml` has it. */
const active = {
  anna: {
    profile: 'kundtjanst',
    text: '{ name: kundtjanst, since: "2025-01-07T07:00:00Z", previous: inne }',
  },
  bo: { profile: 'lunch', text: '{ name: lunch, since: "2025-01-07T11:00:00Z", previous: kundtjanst }' },
} as const;

/** The edit that switches someone's active profile, now. */
export function switchProfile(person: keyof typeof active, profile: string): Edit {
  const { profile: previous, text } = active[person];
  const to = `{ name: ${profile}, since: "${new Date().toISOString()}", previous: ${previous} }`;
  return { file: 'acme/agents.yaml', from: text, to };
}
