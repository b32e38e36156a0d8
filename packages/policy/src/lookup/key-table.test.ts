import fc from 'fast-check';
import { expect, it } from 'vitest';
import { KeyTable } from './key-table.ts';

it('holds what was added and not removed, through collisions, growth and shrinking', () => {
  // Few hashes of few segments, at the same home, side by side and past the last; some references beyond 32 bits.
  const hash = fc.oneof(
    fc.integer({ min: 0, max: 20 }),
    fc.integer({ min: 0, max: 31 }).map((nth) => nth * 2 ** 19),
    fc.integer({ min: 0xfffffff0, max: 0xffffffff }),
  );
  const reference = fc.oneof(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 2 ** 40, max: 2 ** 40 + 3 }));
  const step = fc.record({ hash, reference, add: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const table = new KeyTable();
      const model = new Map<number, number[]>();
      for (const { hash, reference, add } of steps) {
        const references = model.get(hash) ?? [];
        model.set(hash, references);
        if (add) {
          table.add(hash, reference);
          references.push(reference);
        } else {
          table.remove(hash, reference);
          const at = references.indexOf(reference);
          if (at >= 0) references.splice(at, 1);
        }
      }
      for (const [hash, references] of model) {
        expect(table.find(hash).toSorted()).toEqual(references.toSorted());
      }
    }),
    { numRuns: 200 },
  );
});
