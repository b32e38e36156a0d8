import type { Attempts } from './attempts.ts';
import { apply, create, jsonPatch, merge, remove, removeAll } from './requests.ts';

const companyRef = { name: 'acme' };
const forBo = { companyRef, right: 'Medlyssning', users: ['bo'] };
const withBo = { users: ['karin', 'bo'] };

/** Ways to write a right. `medlyssning` is Acme's. */
export const attemptsOnRights: Attempts = {
  'create a right': () => create('entitlements', { name: 'mine' }, forBo),
  'create a right under a generated name': () => create('entitlements', { generateName: 'mine-' }, forBo),
  'apply a right that is not there': () => apply('entitlements/mine', { spec: forBo }),
  'create a copy of a right': async ({ read }) => {
    const { spec } = await read('entitlements/medlyssning');
    return create('entitlements', { name: 'medlyssning-copy' }, spec);
  },
  'create a right of another name': () =>
    create('entitlements', { name: 'mine' }, { ...forBo, right: 'SomethingElse' }),
  'create a right that begins later': () =>
    create('entitlements', { name: 'mine' }, { ...forBo, validFrom: '2098-01-01T00:00:00Z' }),
  'create a right for a company that is not there': () =>
    create('entitlements', { name: 'mine' }, { ...forBo, companyRef: { name: 'nowhere' } }),
  'replace a right': async ({ read }) => {
    const { metadata, spec, ...rest } = await read('entitlements/medlyssning');
    return {
      ...merge('entitlements/medlyssning', {}),
      method: 'PUT',
      contentType: 'application/json',
      body: { ...rest, metadata, spec: { ...spec, ...withBo } },
    };
  },
  'add a user by merge patch': () => merge('entitlements/medlyssning', { spec: withBo }),
  'add a user by JSON patch': () =>
    jsonPatch('entitlements/medlyssning', [{ op: 'add', path: '/spec/users/-', value: 'bo' }]),
  'add a user by apply': () =>
    apply('entitlements/medlyssning', { spec: { companyRef, right: 'Medlyssning', users: ['bo'] } }),
  "add a user under the operator's field manager": () =>
    apply('entitlements/medlyssning', { spec: forBo }, 'medlyssning-operator'),
  'take a user out': () => merge('entitlements/medlyssning', { spec: { users: ['karin'] } }),
  'shorten a right': () =>
    merge('entitlements/medlyssning', { spec: { validUntil: '2026-01-01T00:00:00Z' } }),
  'lengthen a right': () => merge('entitlements/later', { spec: { validFrom: '2026-01-01T00:00:00Z' } }),
  'limit the seats of a right': () => merge('entitlements/medlyssning', { spec: { seats: 1 } }),
  'label a right': () => merge('entitlements/medlyssning', { metadata: { labels: { team: 'mine' } } }),
  'annotate a right': () => merge('entitlements/medlyssning', { metadata: { annotations: { a: 'b' } } }),
  'give a right an owner, for the garbage collector': ({ owner }) =>
    merge('entitlements/medlyssning', { metadata: { ownerReferences: [owner] } }),
  'give a right a finalizer': () =>
    merge('entitlements/medlyssning', { metadata: { finalizers: ['tests.example/x'] } }),
  'delete a right': () => remove('entitlements/medlyssning'),
  'delete rights as a collection': () => removeAll('entitlements', 'spec.right=Medlyssning'),
  'write the status of a right': () => merge('entitlements/medlyssning/status', { status: { granted: 9 } }),
  'move a right to another company': () =>
    merge('entitlements/medlyssning', { spec: { companyRef: { name: 'beta' } } }),
  'turn a licence into a right': () =>
    merge('entitlements/kundkontakt-pro', { spec: { license: null, right: 'Medlyssning' } }),
  'turn a right into a licence': () =>
    merge('entitlements/medlyssning', { spec: { license: 'KundkontaktPro', right: null } }),
  'create a right by label': () =>
    create(
      'entitlements',
      { name: 'mine' },
      { companyRef, right: 'Medlyssning', selector: { matchLabels: { team: 'sommar' } } },
    ),
};
