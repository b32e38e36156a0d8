import { describe, expect, it } from 'vitest';
import { parseResources } from './parse-resources.ts';
import { problemText } from './problem.ts';

const profile = (name: string, spec: string) => `apiVersion: medlyssning.dev/v1alpha1
kind: Profile
metadata: { name: ${name}, namespace: acme }
spec:
  companyRef: { name: acme }
  ${spec}
`;
const user = (spec: string) => `apiVersion: medlyssning.dev/v1alpha1
kind: User
metadata:
  name: anna
  namespace: acme
spec:
  companyRef: { name: acme }
  displayName: Anna Berg
  profiles: [inne]
${spec}`;

const parse = (...texts: readonly string[]) =>
  parseResources(texts.map((text, index) => ({ file: `${index + 1}.yaml`, text })));
const texts = (...files: readonly string[]) => parse(...files).problems.map(problemText);

describe('parseResources', () => {
  it('gives valid objects with their defaults and where they stand', () => {
    const { resources, problems } = parse(
      `# a comment first\n---\n${profile('lunch', 'displayName: Lunch')}`,
    );
    expect(problems).toEqual([]);
    expect(resources).toEqual([
      {
        file: '1.yaml',
        line: 3,
        resource: {
          apiVersion: 'medlyssning.dev/v1alpha1',
          kind: 'Profile',
          metadata: { name: 'lunch', namespace: 'acme' },
          spec: { companyRef: { name: 'acme' }, displayName: 'Lunch', allowListening: false },
          status: {
            conditions: [
              {
                type: 'Ready',
                status: 'Unknown',
                reason: 'Pending',
                message: 'Waiting for the operator.',
                lastTransitionTime: '1970-01-01T00:00:00Z',
              },
            ],
          },
        },
      },
    ]);
  });

  it('fills in defaults below fields that are left out or null, as the API server does', () => {
    const { resources } = parse(`apiVersion: medlyssning.dev/v1alpha1
kind: Company
metadata: { name: acme, namespace: acme }
spec:
  { displayName: Acme, domains: [acme.example], country: SE, language: sv, numberRanges: [], listening: { sound: null } }
`);
    expect(resources[0]?.resource.spec).toMatchObject({
      mediaPool: 'default',
      audit: { retentionDays: 365 },
      listening: {
        enabled: true,
        featureCode: '*28*',
        requires: { license: 'KundkontaktPro', right: 'Medlyssning' },
        allowedDevices: ['MobileSubscription', 'Desk', 'Softphone', 'Browser'],
        maxListenersPerCall: 10,
        maxPolicyAgeSeconds: 300,
        sound: 'TwoNotes',
        internalCalls: 'Target',
      },
    });
  });

  it('says file, line, object and field, and what may have been meant', () => {
    expect(texts(user('  extention: "403"\n'))).toEqual([
      'User acme/anna: spec.extention: There is no field extention here. Did you mean extension? (1.yaml:10:3)',
    ]);
    expect(texts(user('  devices:\n    - name: anna-desk\n      kind: Desc\n      address: a@b\n'))).toEqual([
      'User acme/anna: spec.devices[0].kind: Desc is none of MobileSubscription, MobileApp, Desk, Softphone, Browser. ' +
        'Did you mean Desk? (1.yaml:12:13)',
    ]);
    expect(texts(profile('lunch', 'allowListening: false'))).toEqual([
      'Profile acme/lunch: spec.displayName: This field is required. (1.yaml:4:1)',
    ]);
    expect(texts(profile('lunch', 'displayName: Lunch').replace('kind: Profile', 'kind: Profil'))).toEqual([
      'Profil acme/lunch: kind: kind must be one of Company, Entitlement, ForkPolicy, MediaNode, Profile, User. ' +
        'Did you mean Profile? (1.yaml:2:7)',
    ]);
    expect(texts('apiVersion: v1\nkind: Namespace\nmetadata: { name: acme }\n')).toEqual([
      'Namespace ?/acme: apiVersion: apiVersion must be medlyssning.dev/v1alpha1. (1.yaml:1:13)',
    ]);
    expect(texts('just words')).toEqual([
      '? ?/?: This is no object; begin with apiVersion and kind. (1.yaml:1:1)',
    ]);
  });

  it('asks for a namespace: a directory has no other way to say the tenant', () => {
    const text = profile('lunch', 'displayName: Lunch').replace(', namespace: acme', '');
    expect(texts(text)).toEqual([
      'Profile ?/lunch: metadata.namespace: This field is required. (1.yaml:3:1)',
    ]);
  });

  it('reads scalars as kubectl does', () => {
    const [quoted] = texts(user('  extension: 403\n'));
    expect(quoted).toContain('Put it in quotes');
    expect(texts(user('  subject: no\n'))[0]).toContain('Put it in quotes');
    // Not a date and not a number of base 60, for kubectl's reader either.
    expect(texts(user('status: { activeProfile: { name: inne, since: 2026-01-07T08:00:00Z } }\n'))).toEqual(
      [],
    );
    expect(texts(user('  subject: 12:30:45\n'))).toEqual([]);
  });

  it('shows no phone number whole', () => {
    const { problems } = parse(
      user('  fixedNumber: "+46 70-174 06 11 x"\n  "+46701740612": 1\n  extension: 46701740613\n'),
    );
    expect(problems.map(({ value }) => value)).toContain('+46… 11 x');
    for (const text of [...problems.map(problemText), JSON.stringify(problems)])
      expect(text).not.toMatch(/[\d -]{8}/);
  });

  it('lets one bad object hide no other, in its file or elsewhere', () => {
    const files = [
      `${profile('a', 'displayName: 7')}---\n${profile('b', 'displayName: B')}`,
      `${profile('c', 'displayName: C')}---\nkind: [\n`,
      'metadata: { name: "unfinished\n',
    ];
    const { resources, problems } = parse(...files);
    expect(resources.map(({ resource }) => resource.metadata.name)).toEqual(['b', 'c']);
    expect(problems.map(({ file }) => file)).toEqual(['1.yaml', '2.yaml', '3.yaml']);
  });

  it('takes the first of two objects of the same name, across files', () => {
    const { resources, problems } = parse(
      profile('a', 'displayName: First'),
      `\n${profile('a', 'displayName: Second')}---\n${profile('b', 'displayName: B')}`,
    );
    expect(resources.map(({ resource }) => resource.spec)).toMatchObject([
      { displayName: 'First' },
      { displayName: 'B' },
    ]);
    expect(problems.map(problemText)).toEqual([
      'Profile acme/a: metadata.name: This object is there already, in 1.yaml:1; rename or remove one of them. (2.yaml:4:19)',
    ]);
  });

  it('judges a change by what was there before', () => {
    const before = parse(profile('a', 'displayName: A')).resources.map(({ resource }) => resource);
    const moved = {
      file: '1.yaml',
      text: profile('a', 'displayName: A').replace('{ name: acme }', '{ name: beta }'),
    };
    expect(parseResources([moved]).problems).toEqual([]);
    expect(parseResources([moved], before).problems).toMatchObject([
      { line: 5, field: 'spec.companyRef.name', message: expect.stringContaining('immutable') },
    ]);
  });

  it('refuses a key twice in a mapping', () => {
    expect(texts(user('  displayName: Bo Dahl\n'))).toEqual([
      'The key displayName is here twice. (1.yaml:10:3)',
    ]);
  });

  it('follows anchors and merges', () => {
    const text =
      profile('a', 'displayName: &word A').replace('spec:', 'spec: &spec') +
      '---\n' +
      profile('b', 'displayName: B');
    expect(parse(text).problems).toEqual([]);
    const merged = `apiVersion: medlyssning.dev/v1alpha1
kind: Company
metadata: { name: &name acme, namespace: *name, labels: &labels { team: a }, annotations: { <<: *labels, more: b } }
spec: { displayName: Acme, domains: [acme.example], country: SE, language: sv, numberRanges: [] }
`;
    expect(parse(merged).resources[0]?.resource.metadata).toEqual({
      name: 'acme',
      namespace: 'acme',
      labels: { team: 'a' },
      annotations: { team: 'a', more: 'b' },
    });
  });
});
