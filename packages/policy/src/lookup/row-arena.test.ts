import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RowArena } from './row-arena.ts';

const rowsOf = (arena: RowArena, number: number, length: number): Buffer | undefined => {
  const start = arena.startOf(number);
  return arena.bytesOf(number)?.subarray(start, start + length);
};

/** Bytes of the buffers that the rows under these numbers lie in. */
const size = (arena: RowArena, numbers: Iterable<number>): number =>
  [...new Set([...numbers].map((number) => arena.bytesOf(number)))].reduce(
    (sum, bytes) => sum + (bytes?.length ?? 0),
    0,
  );

describe('RowArena', () => {
  it('gives back the rows of every shard, whichever were put, freed and put again', () => {
    const step = fc.record({ number: fc.nat(5), length: fc.integer({ min: 0, max: 40_000 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const arena = new RowArena();
        const lengths = new Map<number, number>();
        for (const [n, { number, length }] of steps.entries()) {
          arena.free(number);
          if (!lengths.delete(number) || n % 3 > 0) {
            arena.put(number, Buffer.alloc(length, number));
            lengths.set(number, length);
          }
        }
        for (const [number, length] of lengths) {
          expect(rowsOf(arena, number, length)).toEqual(Buffer.alloc(length, number));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('stays as large as its rows ask for, however often they are replaced', () => {
    const arena = new RowArena();
    const rows = Buffer.alloc(20_000, 7);
    const numbers = Array.from({ length: 100 }, (_, number) => number);
    for (let round = 0; round < 20; round += 1) {
      for (const number of numbers) {
        arena.free(number);
        arena.put(number, rows);
      }
    }
    expect(size(arena, numbers)).toBeLessThan(1.6 * numbers.length * rows.length);
    for (const number of numbers) expect(rowsOf(arena, number, rows.length)).toEqual(rows);
  });

  it('does not write over rows that were freed: a view of them still reads right', () => {
    const arena = new RowArena();
    arena.put(0, Buffer.alloc(1_000, 1));
    const view = rowsOf(arena, 0, 1_000);
    arena.free(0);
    for (let number = 0; number < 200; number += 1) arena.put(number, Buffer.alloc(1_000, 2));
    expect(view).toEqual(Buffer.alloc(1_000, 1));
  });

  it('knows no rows under a number that is free', () => {
    const arena = new RowArena();
    arena.put(1, Buffer.alloc(10));
    arena.free(1);
    arena.free(2);
    expect(arena.bytesOf(1)).toBeUndefined();
    expect(arena.bytesOf(2)).toBeUndefined();
  });
});
