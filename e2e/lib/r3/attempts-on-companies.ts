import type { Attempts } from './attempts.ts';
import { create, merge, remove, removeAll } from './requests.ts';

const listening = (settings: object) => () => merge('companies/acme', { spec: { listening: settings } });
const second = {
  displayName: 'Acme too',
  domains: ['acme2.example'],
  country: 'SE',
  language: 'sv',
  numberRanges: ['+46846500'],
  listening: { requires: { right: 'Mine' } },
};

/** What reaches a right by way of the company, and what may be changed without one: licences and profiles. */
export const attemptsOnCompanies: Attempts = {
  'name another right as the required one': listening({ requires: { right: 'Mine' } }),
  'name another licence as the required one': listening({ requires: { license: 'Mine' } }),
  'allow the mobile app': listening({ allowedDevices: ['MobileApp'] }),
  'turn listening off': listening({ enabled: false }),
  'change the days that records are kept': () =>
    merge('companies/acme', { spec: { audit: { retentionDays: 1 } } }),
  'change the country that numbers are read by': () => merge('companies/acme', { spec: { country: 'NO' } }),
  'set an annotation for the operator': () =>
    merge('companies/acme', { metadata: { annotations: { 'medlyssning.dev/tests': 'true' } } }),
  'set any other annotation of a company': () =>
    merge('companies/acme', { metadata: { annotations: { 'tests.example/x': 'true' } } }),
  "change a company's domains": () => merge('companies/acme', { spec: { domains: ['beta.example'] } }),
  "change a company's number ranges": () => merge('companies/acme', { spec: { numberRanges: ['+46'] } }),
  "change a company's media pool": () => merge('companies/acme', { spec: { mediaPool: 'other' } }),
  'give a company an owner, for the garbage collector': ({ owner }) =>
    merge('companies/acme', { metadata: { ownerReferences: [owner] } }),
  'create a company': () => create('companies', { name: 'acme2' }, second),
  'delete a company': () => remove('companies/acme'),
  'delete companies as a collection': () => removeAll('companies', 'metadata.name=acme'),
  'write the status of a company': () => merge('companies/acme/status', { status: { mayListen: 9 } }),
  'create a licence': () =>
    create(
      'entitlements',
      { name: 'mine' },
      { companyRef: { name: 'acme' }, license: 'KundkontaktPro', users: ['cilla'] },
    ),
  'give a licence by label': () =>
    merge('entitlements/kundkontakt-pro-sommar', { spec: { selector: { matchLabels: { team: 'alla' } } } }),
  'change the seats of a licence': () => merge('entitlements/kundkontakt-pro', { spec: { seats: 99 } }),
  'delete a licence': () => remove('entitlements/kundkontakt-pro'),
  'let a profile allow listening (R4)': () => merge('profiles/lunch', { spec: { allowListening: true } }),
  'delete a profile': () => remove('profiles/lunch'),
  'write the status of a profile': () =>
    merge('profiles/lunch/status', { status: { observedGeneration: 7 } }),
};
