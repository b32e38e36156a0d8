import { expect, it } from 'vitest';
import { errorType } from './error-type.ts';

class Refused extends Error {
  readonly reason: unknown;
  constructor(reason: unknown) {
    super('Karin Ek (+46846500401) may not');
    this.reason = reason;
  }
}

it.each([
  [new Refused('ProfileForbids'), 'ProfileForbids'],
  ['ListenerHungUp', 'ListenerHungUp'],
  [new TypeError('+46846500401'), 'TypeError'],
  [new Refused('karin@acme.example'), 'Error'],
  [new Refused(7), 'Error'],
  ['+46846500401', '_OTHER'],
  [undefined, '_OTHER'],
])('an error is named by its reason and never by its message: %#', (error, expected) =>
  expect(errorType(error)).toBe(expected),
);
