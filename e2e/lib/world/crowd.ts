import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';

export interface CrowdSize {
  /** People with calls: `agent-1` …, phones `agent-1-desk` …, numbers from +46313900601 on. */
  readonly agents: number;
  /**
   * People who may listen: `listener-1` …, phones `listener-1-desk` …, numbers from +46313900651 on, logins
   * `listener-1@crowd.example` ….
   */
  readonly listeners: number;
}

const namespace = 'crowd';

/** Fixed number of the n-th agent, counted from 1, in a range kept free for fiction. */
export const agentNumber = (n: number): string => `+463139006${String(n).padStart(2, '0')}`;

const listenerNumber = (n: number) => `+463139006${50 + n}`;

/** Writes a third company, with as many agents and listeners as asked for, into a world's folder of YAML. */
export const writeCrowd = async (policyDir: string, { agents, listeners }: CrowdSize): Promise<void> => {
  const names = (role: string, count: number) => Array.from({ length: count }, (_, n) => `${role}-${n + 1}`);
  const of = (kind: string, name: string, spec: object) => ({
    apiVersion: 'medlyssning.dev/v1alpha1',
    kind,
    metadata: { name, namespace },
    spec: kind === 'Company' ? spec : { companyRef: { name: namespace }, ...spec },
  });
  const user = (name: string, fixedNumber: string, more: object = {}) =>
    of('User', name, {
      displayName: name,
      ...more,
      fixedNumber,
      devices: [{ name: `${name}-desk`, kind: 'Desk', address: `${name}-desk@crowd.example` }],
      profiles: ['inne'],
    });
  const everyAgent = names('agent', agents);
  const everyListener = names('listener', listeners);
  const resources = [
    of('Company', namespace, {
      displayName: 'Crowd AB',
      domains: ['crowd.example'],
      country: 'SE',
      language: 'sv',
      numberRanges: ['+463139006'],
      listening: { featureCode: '*28*', maxListenersPerCall: 4 },
    }),
    of('Profile', 'inne', { displayName: 'Inne', allowListening: true }),
    ...everyAgent.map((name, n) => user(name, agentNumber(n + 1))),
    ...everyListener.map((name, n) =>
      user(name, listenerNumber(n + 1), { subject: `${name}@crowd.example` }),
    ),
    of('Entitlement', 'licence', { license: 'KundkontaktPro', users: [...everyAgent, ...everyListener] }),
    of('Entitlement', 'right', { right: 'Medlyssning', users: everyListener }),
  ];
  await mkdir(join(policyDir, namespace));
  await writeFile(
    join(policyDir, namespace, 'crowd.yaml'),
    resources.map((resource) => stringify(resource)).join('---\n'),
  );
};
