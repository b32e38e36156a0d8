import { expect, it } from 'vitest';
import { madeUpUser } from '../decide/made-up.ts';
import { deviceByIdentity } from './device-by-identity.ts';

const karin = madeUpUser({
  name: 'karin',
  devices: [
    { name: 'desk', kind: 'Desk', address: 'karin-desk@acme.example' },
    { name: 'mobile', kind: 'MobileSubscription', number: '+46701740611' },
    { name: 'tablet', kind: 'MobileApp', number: '+46701740612' },
    { name: 'app', kind: 'MobileApp', number: '+46701740612' },
  ],
});

it.each([
  ['sip:karin-desk@acme.example', 'desk'],
  ['tel:070-174 06 11', 'mobile'],
  ['sip:+46701740611@acme.example', 'mobile'],
  ['+46701740612', undefined],
  ['+46701740699', undefined],
])('%s is the device %s (R8)', (text, name) => {
  expect(deviceByIdentity(karin, text, { country: 'SE' })?.name).toBe(name);
});
