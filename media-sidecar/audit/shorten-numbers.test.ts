import { expect, it } from 'vitest';
import { attempt, end } from './audit.fixture.ts';
import { shortenNumbers } from './shorten-numbers.ts';

it('shows the ends of numbers alone, in the record of an attempt', () => {
  const shown = shortenNumbers(attempt('a', { target: { user: null, number: 'sip:somebody@acme.example' } }));
  expect([shown.listener.number, shown.target.number]).toEqual(['+46…401', 'si…']);
  expect(JSON.stringify(shown)).not.toMatch(/\d{4,}\d*403|somebody/);
  expect(shortenNumbers(end('a'))).toEqual(end('a'));
});
