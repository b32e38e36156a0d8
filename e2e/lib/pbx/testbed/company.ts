import type { PbxCompany, PbxUser } from '../pbx-tables.ts';

/** Two companies for the PBX's own tests. Numbers are from ranges kept free for fiction. */
export const companies: readonly PbxCompany[] = [
  {
    metadata: { name: 'acme', namespace: 'acme' },
    spec: { domains: ['acme.example', 'acme.test'], country: 'SE' },
  },
  { metadata: { name: 'beta', namespace: 'beta' }, spec: { domains: ['beta.example'], country: 'SE' } },
];

/** Anna has two phones, Karin a desk phone and a SIM, Nils is at the other company and has Anna's extension there. */
export const users: readonly PbxUser[] = [
  {
    metadata: { name: 'anna', namespace: 'acme' },
    spec: {
      companyRef: { name: 'acme' },
      extension: '403',
      fixedNumber: '08-465 004 03',
      devices: [
        { name: 'anna-desk', address: 'anna-desk@acme.example' },
        { name: 'anna-app', address: 'anna-app@acme.example' },
      ],
    },
  },
  {
    metadata: { name: 'karin', namespace: 'acme' },
    spec: {
      companyRef: { name: 'acme' },
      extension: '401',
      fixedNumber: '+46846500401',
      devices: [
        { name: 'karin-desk', address: 'karin-desk@acme.example' },
        { name: 'karin-mobile', number: '070-174 06 11' },
      ],
    },
  },
  {
    metadata: { name: 'nils', namespace: 'beta' },
    spec: {
      companyRef: { name: 'beta' },
      extension: '403',
      fixedNumber: '+46846500483',
      devices: [{ name: 'nils-desk', address: 'nils-desk@beta.example' }],
    },
  },
];
