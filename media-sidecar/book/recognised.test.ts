import { expect, it } from 'vitest';
import { offered } from './book.fixture.ts';
import { pickUp, ring, scenario, toAnna } from './scenario.fixture.ts';

it('a call in which nobody is recognised stays as it was, in its place among those of its users', () => {
  const { acme, book, take } = scenario();
  const annasCalls = () => book.callsOf('acme/acme', 'anna').map(({ callId }) => callId);
  // the customer may be one of those who cannot be read
  acme.partlyKnown = new Set(['acme']);
  take([ring, pickUp]);
  acme.partlyKnown = new Set();
  take([offered(pickUp.at + 1, 'c', { callId: 'c2', metadata: toAnna })]);
  const before = book.call('c1');
  expect(annasCalls()).toEqual(['c1', 'c2']);
  book.recognise();
  expect(book.call('c1')).toBe(before);
  expect(annasCalls()).toEqual(['c1', 'c2']);
});
