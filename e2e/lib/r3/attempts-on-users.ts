import type { Attempts } from './attempts.ts';
import { apply, create, jsonPatch, merge, remove, removeAll } from './requests.ts';

const phone = { name: 'mine', kind: 'Desk', address: 'mine@acme.example' };
const person = {
  companyRef: { name: 'acme' },
  displayName: 'Somebody',
  devices: [phone],
  profiles: ['inne'],
};
const devices = { spec: { devices: [phone] } };

/**
 * Ways to become someone else. Karin holds the right since a moment ago, Lena will later, Cilla held it until a moment ago and does by
 * the policy in force, `newcomer` is named by a right and does not exist, Bo holds nothing.
 */
export const attemptsOnUsers: Attempts = {
  "replace a holder's devices by merge patch": () => merge('users/karin', devices),
  "add to a holder's devices by JSON patch": () =>
    jsonPatch('users/karin', [{ op: 'add', path: '/spec/devices/-', value: phone }]),
  "add to a holder's devices by apply": () => apply('users/karin', devices),
  "change the number of a holder's device": () =>
    jsonPatch('users/karin', [{ op: 'replace', path: '/spec/devices/1/number', value: '+46701740699' }]),
  "change the kind of a holder's device": () =>
    jsonPatch('users/karin', [{ op: 'replace', path: '/spec/devices/2/kind', value: 'Softphone' }]),
  'replace a holder (PUT)': async ({ read }) => {
    const { metadata, spec, ...rest } = await read('users/karin');
    return {
      ...merge('users/karin', {}),
      method: 'PUT',
      contentType: 'application/json',
      body: { ...rest, metadata, spec: { ...spec, devices: [phone] } },
    };
  },
  "change a holder's fixed number": () => merge('users/karin', { spec: { fixedNumber: '+46846500499' } }),
  "change a holder's extension": () => merge('users/karin', { spec: { extension: '499' } }),
  "change a holder's login": () => merge('users/karin', { spec: { subject: 'eva@acme.example' } }),
  "change a holder's displayName": () => merge('users/karin', { spec: { displayName: 'Anna Berg' } }),
  'give a holder an owner, for the garbage collector': ({ owner }) =>
    merge('users/karin', { metadata: { ownerReferences: [owner] } }),
  'delete a holder': () => remove('users/karin'),
  'delete holders as a collection': () => removeAll('users', 'spec.extension=401'),
  'change the devices of one whose right begins later': () => merge('users/lena', devices),
  'delete as a collection one whose right begins later': () => removeAll('users', 'spec.extension=412'),
  'change the devices of one whose right is gone but in force': () => merge('users/cilla', devices),
  'delete one whose right is gone but in force': () => remove('users/cilla'),
  'delete as a collection one whose right is gone but in force': () =>
    removeAll('users', 'spec.extension=405'),
  'create a user whom a right names': () => create('users', { name: 'newcomer' }, person),
  'apply a user whom a right names': () => apply('users/newcomer', { spec: person }),
  'move a holder to another company': () => merge('users/karin', { spec: { companyRef: { name: 'beta' } } }),
  "change a holder's labels": () => merge('users/karin', { metadata: { labels: { team: 'sommar' } } }),
  "change a holder's profiles": () => merge('users/karin', { spec: { profiles: ['lunch'] } }),
  'create a user': () => create('users', { name: 'someone' }, person),
  'create a user under a generated name': () => create('users', { generateName: 'karin' }, person),
  "create a user with a holder's number": () =>
    create('users', { name: 'someone' }, { ...person, fixedNumber: '+46846500401' }),
  'change the devices of one who holds nothing': () => merge('users/bo', devices),
  'delete one who holds nothing': () => remove('users/bo'),
  'switch the active profile': () =>
    merge('users/karin/status', {
      status: { activeProfile: { name: 'lunch', since: '2026-03-01T12:00:00Z' } },
    }),
  "switch the active profile under the sidecar's field manager": () =>
    apply(
      'users/karin/status',
      { status: { activeProfile: { name: 'lunch', since: '2026-03-01T12:00:00Z' } } },
      'medlyssning-sidecar',
    ),
  'take the active profile away': () => merge('users/anna/status', { status: { activeProfile: null } }),
  'write what the operator says of a user': () => merge('users/bo/status', { status: { mayListen: true } }),
  "write what the operator says of a user under the operator's field manager": () =>
    apply('users/bo/status', { status: { mayListen: true } }, 'medlyssning-operator'),
  'put a status into a user (it is dropped)': () =>
    merge('users/bo', { status: { mayListen: true, activeProfile: null } }),
};
