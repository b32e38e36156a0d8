import fc from 'fast-check';

const pieces = [
  '\r\n',
  '\r\n\r\n',
  '\n',
  '\0',
  '"',
  '<',
  '>',
  ',',
  ';',
  '%zz',
  '%0d%0a',
  ': ',
  '=',
  '999999999999',
  '-1',
  'SIP/2.0 200 OK\r\n',
  'Content-Length: 9\r\n',
  'l: 0\r\n',
  ';tag=1',
  ';branch=z9hG4bK',
  'P-Asserted-Identity: <sip:+46846500401@acme.example>\r\n',
  'é\u2028',
];

/** Ways to spoil a message: parts of it cut out, doubled, moved or written over. */
export const spoilt: fc.Arbitrary<(text: string) => string> = fc
  .array(
    fc.record({
      // fc.double would nearly always be 0
      at: fc.noBias(fc.nat(4_999)).map((n) => n / 5_000),
      remove: fc.nat(40),
      insert: fc.oneof(
        fc.constantFrom(...pieces),
        fc.string({ unit: 'binary', maxLength: 12 }),
        fc.constantFrom('x', ';a=b', '"', '<sip:a@b>,').map((one) => one.repeat(500)),
      ),
      double: fc.boolean(),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map(
    (changes) => (text: string) =>
      changes.reduce((now, { at, remove, insert, double }) => {
        const from = Math.floor(at * now.length);
        const cut = now.slice(from, from + remove);
        return now.slice(0, from) + insert + (double ? cut + cut : '') + now.slice(from + remove);
      }, text),
  );
