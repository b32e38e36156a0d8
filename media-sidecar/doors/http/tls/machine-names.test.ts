import { describe, expect, it } from 'vitest';
import { namesIn } from './machine-names.ts';

describe('the names in a certificate', () => {
  it.each([
    [undefined, []],
    ['DNS:pbx.example', ['DNS:pbx.example']],
    ['DNS:a, IP Address:127.0.0.1, URI:spiffe://b/c', ['DNS:a', 'IP Address:127.0.0.1', 'URI:spiffe://b/c']],
    // as Node writes a name that has a comma, and one that has a quote
    ['URI:"a, DNS:pbx.example"', ['URI:"a, DNS:pbx.example"']],
    ['URI:"\\", DNS:pbx.example, \\"", DNS:b', ['URI:"\\", DNS:pbx.example, \\""', 'DNS:b']],
  ])('of %s', (text, names) => {
    expect([...namesIn(text)]).toEqual(names);
  });
});
