import fc from 'fast-check';
import type { NgArguments, NgValue } from './ng-value.ts';

/** Keys and strings worth trying: any text, and names that harm a careless dictionary. */
const string = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('__proto__', 'constructor', '', 'call-id', '\uFFFD', 'i1e', '0:'),
);

const integer = fc.oneof(fc.maxSafeInteger(), fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n }));

/** Any dictionary that can be sent and comes back as it was; no Buffers, since those may come back as strings. */
export const anyArguments: fc.Arbitrary<NgArguments> = fc.letrec<{ value: NgValue; dict: NgArguments }>(
  (tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      string,
      integer,
      fc.array(tie('value'), { maxLength: 4 }),
      tie('dict'),
    ),
    dict: fc.dictionary(string, tie('value'), { maxKeys: 5 }),
  }),
).dict;
