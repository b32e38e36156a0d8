import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Somebody who follows the events of their company. */
export interface Subscriber {
  /** Their login. */
  readonly subject: string;
  readonly company: string;
  /** Holds licence and right: is told of every colleague's calls. */
  readonly mayListen: boolean;
  readonly isAdministrator: boolean;
}

/** A colleague whose calls begin and end. */
export interface Agent {
  /** No two companies share one, so that what reaches another company is seen. */
  readonly number: number;
  readonly name: string;
  readonly company: string;
  readonly fixedNumber: string;
}

/** One company or several, with those who follow and those who are followed. */
export interface Companies {
  readonly subscribers: readonly Subscriber[];
  readonly agents: readonly Agent[];
}

/** Of four one lacks the right, and one the licence too; of twenty two are administrators, one with the right and one without. */
const standings = Array.from({ length: 20 }, (_, n) => ({
  licensed: n % 4 !== 3,
  mayListen: n % 4 < 2,
  isAdministrator: n === 0 || n === 2,
}));

/**
 * Writes companies that share so many subscribers and agents into a folder of YAML.
 * @param base a prefix of their names; `first` the first of their numbers
 */
export const writeCompanies = async (
  policyDir: string,
  of: { base: string; companies: number; subscribers: number; agents: number; first: number },
): Promise<Companies> => {
  const subscribers: Subscriber[] = [];
  const agents: Agent[] = [];
  for (let c = 0; c < of.companies; c += 1) {
    const company = `${of.base}-${c}`;
    const standing = Array.from({ length: of.subscribers / of.companies }, (_, n) => ({
      name: `reader-${n}`,
      ...(standings[n % standings.length] ?? { licensed: false, mayListen: false, isAdministrator: false }),
    }));
    const count = of.agents / of.companies;
    const names = Array.from({ length: count }, (_, n) => `agent-${c * count + n}`);
    const numberOf = (n: number) => `+4685${of.first + c * count + n}`;
    const resource = (kind: string, name: string, spec: object) => ({
      apiVersion: 'medlyssning.dev/v1alpha1',
      kind,
      metadata: { name, namespace: company },
      spec: kind === 'Company' ? spec : { companyRef: { name: company }, ...spec },
    });
    const user = (name: string, more: object) =>
      resource('User', name, { displayName: name, profiles: ['inne'], devices: [], ...more });
    const resources = [
      resource('Company', company, {
        displayName: company,
        domains: [`${company}.example`],
        country: 'SE',
        language: 'sv',
        numberRanges: ['+4685'],
      }),
      resource('Profile', 'inne', { displayName: 'Inne', allowListening: true }),
      ...names.map((name, n) => user(name, { fixedNumber: numberOf(n) })),
      ...standing.map(({ name }) => user(name, { subject: `${name}@${company}.example` })),
      resource('Entitlement', 'licence', {
        license: 'KundkontaktPro',
        users: [...names, ...standing.filter(({ licensed }) => licensed).map(({ name }) => name)],
      }),
      resource('Entitlement', 'right', {
        right: 'Medlyssning',
        users: standing.filter(({ mayListen }) => mayListen).map(({ name }) => name),
      }),
    ];
    await mkdir(join(policyDir, company));
    await writeFile(
      join(policyDir, company, 'company.yaml'),
      resources.map((one) => `${JSON.stringify(one)}\n`).join('---\n'),
    );
    for (const { name, mayListen, isAdministrator } of standing)
      subscribers.push({ subject: `${name}@${company}.example`, company, mayListen, isAdministrator });
    for (const [n, name] of names.entries())
      agents.push({ number: c * count + n, name, company, fixedNumber: numberOf(n) });
  }
  return { subscribers, agents };
};
