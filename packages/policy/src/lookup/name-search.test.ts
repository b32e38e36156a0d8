import { describe, expect, it } from 'vitest';
import { nameSearch } from './name-search.ts';

const people = [
  { name: 'lena', displayName: 'Lena Åkesson', extension: '410' },
  { name: 'helena', displayName: 'Helena Sjö', extension: '403' },
  { name: 'anna.berg', displayName: 'Anna-Karin Berg', extension: '4031' },
  { name: 'asa', displayName: 'Åsa Ek' },
];
const found = (typed: string) => people.filter(nameSearch(typed)).map(({ name }) => name);

describe('a search by name', () => {
  it.each([
    ['lena', ['lena']],
    ['HEL', ['helena']],
    ['sjö hel', ['helena']],
    ['karin', ['anna.berg']],
    ['anna-k', ['anna.berg']],
    ['a\u030akes', ['lena']],
    ['ake', []],
    ['berg sjö', []],
    ['', ['lena', 'helena', 'anna.berg', 'asa']],
    ['  ', ['lena', 'helena', 'anna.berg', 'asa']],
  ])('%j finds %j', (typed, names) => expect(found(typed)).toEqual(names));

  it.each([
    ['403', ['helena', 'anna.berg']],
    ['40 31', ['anna.berg']],
    ['03', []],
    ['+', ['lena', 'helena', 'anna.berg', 'asa']],
  ])('%j finds %j by the extension', (typed, names) => expect(found(typed)).toEqual(names));
});
