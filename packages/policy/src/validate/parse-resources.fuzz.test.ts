import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { caseBases } from './case-bases.ts';
import { parseResources } from './parse-resources.ts';

const parse = (text: string) => parseResources([{ file: 'f.yaml', text }]);

describe('hostile texts', () => {
  it('are problems, never exceptions', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom(
        '\n',
        '---\n',
        '  ',
        '- ',
        ': ',
        '[',
        '{',
        '}',
        '&a ',
        '*a',
        '<<: ',
        '|',
        '"',
        '!!int ',
        '? ',
        '%YAML 1.2\n',
      ),
      fc.constantFrom(
        'apiVersion: medlyssning.dev/v1alpha1\n',
        'kind: User\n',
        'spec:\n',
        '__proto__: ',
        'constructor: ',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const { problems } = parse(pieces.join(''));
        for (const { line, column } of problems) expect(Math.min(line, column)).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });

  it('hold any value anywhere in an object', () => {
    const kinds = Object.values(caseBases);
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.jsonValue(), fc.nat(), (base, value, seed) => {
        const text = JSON.stringify(base);
        const places = [...text.matchAll(/:("[^"]*"|\d+|true|false)(?=[,}])/g)];
        const place = places[seed % places.length];
        const at = place?.index ?? 0;
        const broken = `${text.slice(0, at)}:${JSON.stringify(value)}${text.slice(at + (place?.[0].length ?? 0))}`;
        const { resources, problems } = parse(broken);
        expect(resources.length === 1 || problems.length > 0).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['a file above 1 MiB', `#${'x'.repeat(1024 * 1024)}`, 'larger than 1 MiB'],
    ['an alias bomb', aliasBomb(), 'alias'],
    ['more than 100 aliases', `a: &a 1\nb: [${'*a, '.repeat(101)}]`, 'more than 100 aliases'],
    ['deep nesting', '['.repeat(70) + ']'.repeat(70), 'deeper than 64 levels'],
    ['nesting that exhausts the stack', '['.repeat(50_000), 'nested too deeply'],
    ['an alias to itself', 'a: &a [{ b: *a }]', 'within what it repeats'],
  ])('%s is refused', (_, text, message) => {
    expect(
      parse(text)
        .problems.map((problem) => problem.message)
        .join(),
    ).toContain(message);
  });

  it('with very many keys or errors take linear time and give at most 101 problems', () => {
    const keys = Array.from({ length: 20_000 }, (_, index) => `  k${index}: 1\n`).join('');
    const base = JSON.stringify(caseBases.Profile).slice(0, -1);
    expect(parse(`${base},\n${keys.replaceAll('\n', ',\n')}}`).problems).toHaveLength(101);
  });
});

/** Ten levels of ten aliases each: 10^10 values where written out. */
function aliasBomb(): string {
  const level = (index: number) =>
    `l${index}: &l${index} [${Array(9)
      .fill(`*l${index - 1}`)
      .join(', ')}]`;
  return ['l0: &l0 x', ...Array.from({ length: 10 }, (_, index) => level(index + 1))].join('\n');
}
