import { expect, it } from 'vitest';
import { exampleIndex } from '../../../policy/example-index.fixture.ts';
import { ColleagueList } from './colleague-list.ts';

const list = new ColleagueList(await exampleIndex());
const page = (search: string, from = 0, limit = 200) => list.page('acme/acme', { search, from, limit });

it('finds by beginnings of words and of extensions, and everybody by nothing', () => {
  expect(page('lena')).toEqual({ names: ['lena'], next: null });
  expect(page('hel').names).toEqual(['helena']);
  expect(page('403').names).toEqual(['anna']);
  expect(page(' ').names).toHaveLength(12);
  expect(page('nils').names).toEqual([]);
});

it('counts its pages among those found', () => {
  const all = page('').names;
  expect(page('', 0, 5)).toEqual({ names: all.slice(0, 5), next: 5 });
  expect(page('', 10, 5)).toEqual({ names: all.slice(10), next: null });
});
