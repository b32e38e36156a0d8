import { beforeEach, describe, expect, it } from 'vitest';
import { answered, customer, deleted, meta, noon, offered, talking } from './book.fixture.ts';
import { pickUp, ring, scenario, toAnna } from './scenario.fixture.ts';

let { acme, book, changes, clock, list, profileOf, take, who } = scenario();

beforeEach(() => {
  ({ acme, book, changes, clock, list, profileOf, take, who } = scenario());
});

describe('the profile at the start (R4)', () => {
  it('is the one of the offer, whatever is switched later', () => {
    acme.switch('anna', 'Lunch', noon - 1);
    take([ring]);
    acme.switch('anna', 'Inne', noon + 1000);
    take([pickUp]);
    expect(profileOf('callee')).toBe('Lunch');
    list(noon + 9000, [['c1', talking(noon, 'a', 'b', toAnna)]]);
    expect(profileOf('callee')).toBe('Lunch');
  });

  it('is the one of the answer for who is named there first', () => {
    take([offered(noon, 'a', { metadata: meta(customer, 'queue') })]);
    acme.switch('bo', 'Lunch', noon + 1000);
    take([answered(noon + 5000, 'a', 'b', { metadata: meta(customer, '+4682') })]);
    expect(profileOf('callee')).toBe('Lunch');
  });

  it('is the one of the first offer, when the call is offered anew after a failure', () => {
    take([ring, deleted(noon + 2000, 'a')]);
    acme.switch('anna', 'Lunch', noon + 2500);
    take([offered(noon + 3000, 'a', { metadata: meta(customer, 'anna@acme.example') }), pickUp]);
    expect(profileOf('callee')).toBe('Inne');
  });

  it('is unknown when it was switched between the message and its reading', () => {
    acme.switch('anna', 'Inne', noon + 50);
    clock.now = noon + 100;
    book.apply(ring);
    expect(profileOf('callee')).toBe('unknown');
  });

  it.each([
    ['well before the call', noon - 2001, 'Inne'],
    ['so shortly before that clocks could be to blame', noon - 1999, 'unknown'],
    ['after it', noon + 1, 'unknown'],
  ])('of a call found later is known only when it was switched on %s', (_, since, expected) => {
    acme.switch('anna', 'Inne', since);
    expect(list(noon + 60_000, [['c1', talking(noon, 'a', 'b', toAnna)]])).toMatchObject({ found: 1 });
    expect(who()).toEqual([`caller a ${customer}`, 'callee b anna']);
    expect(changes).toEqual(['started', 'answered']);
    expect(profileOf('callee')).toBe(expected);
  });

  it('is proven anew when it turns out that the offer seen was a re-INVITE', () => {
    acme.switch('anna', 'Inne', noon - 5000);
    take([offered(noon, 'a', { metadata: toAnna }), pickUp]);
    expect(profileOf('callee')).toBe('Inne');
    list(noon + 9000, [['c1', talking(noon - 60_000, 'a', 'b', toAnna)]]);
    expect(profileOf('callee')).toBe('unknown');
  });

  it('is not taken from an answer in a call whose start nobody saw', () => {
    acme.switch('bo', 'Inne', noon + 100);
    list(noon + 1000, [['c1', { ...talking(noon, 'a', 'b', undefined), legs: [] }]]);
    expect(book.size).toBe(0);
    expect(take([answered(noon + 2000, 'a', 'b', { metadata: meta(customer, '+4682') })])).toEqual([
      'confirm',
    ]);
    list(noon + 3000, [['c1', talking(noon, 'a', 'b', meta(customer, '+4682'))]]);
    expect(profileOf('callee')).toBe('unknown');
  });
});
