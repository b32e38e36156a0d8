import { expect, it } from 'vitest';
import { placesIn } from './places-in.ts';

const text = `# People
kind: User
metadata: { name: anna, namespace: acme }
---
kind: User
metadata: { name: bo, namespace: acme }
spec:
  devices:
    - { name: desk, kind: Desk }
    - name: app
      kind: MobileApp
`;
const bo = { kind: 'User', namespace: 'acme', name: 'bo' };
const place = (path: readonly (string | number)[], object = bo) =>
  placesIn({ file: 'users.yaml', text })(object, path);

it.each([
  [['spec', 'devices', 1, 'kind'], { line: 11, column: 13 }],
  [['spec', 'devices', 0, 'kind'], { line: 9, column: 27 }],
  [['spec', 'devices', 1, 'number'], { line: 10, column: 7 }],
  [['spec', 'profiles'], { line: 7, column: 1 }],
  [[], { line: 5, column: 1 }],
])('finds %j', (path, expected) => {
  expect(place(path)).toEqual(expected);
});

it('finds nothing of an object that is not there, and in no text at all', () => {
  expect(place(['spec'], { ...bo, name: 'eva' })).toBeUndefined();
  expect(place(['spec'], { ...bo, namespace: 'beta' })).toBeUndefined();
  expect(placesIn({ file: 'x', text: '{{{' })(bo, [])).toBeUndefined();
});
