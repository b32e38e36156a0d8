import {
  administratorRole,
  type DevelopmentIssuerOptions,
} from '@medlyssning/tools/development-issuer/start-development-issuer.ts';

/** People of `examples/acme` who differ in what the console shows them. */
export const people: NonNullable<DevelopmentIssuerOptions['people']> = [
  { subject: 'karin@acme.example', displayName: 'Karin Ek', note: 'may listen' },
  { subject: 'sven@acme.example', displayName: 'Sven Lund', note: 'may listen' },
  { subject: 'anna@acme.example', displayName: 'Anna Berg', note: 'is listened to' },
  { subject: 'eva@acme.example', displayName: 'Eva Lind', note: 'ListenerRightMissing' },
  {
    subject: 'helena@acme.example',
    displayName: 'Helena Sjö',
    note: 'administrator',
    roles: [administratorRole],
  },
];
