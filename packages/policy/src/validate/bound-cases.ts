import { type Kind, schemas } from '../generated/schemas.ts';
import { type Changes, caseBases, withField } from './case-bases.ts';
import { type Constraint, constraintsOf, int32Max, valueAt } from './constraints.ts';
import { manyItems, textOfLength } from './filler.ts';
import { pathText } from './problem.ts';

/** A constraint, an object that just meets it and one that just breaks it. */
export interface BoundCase {
  readonly kind: Kind;
  readonly name: string;
  readonly field: string;
  readonly passes: unknown;
  readonly fails: unknown;
}

/** What else must be changed in the valid object before a field below a path may be set. */
const surroundings: readonly (readonly [kind: Kind, path: string, changes: Changes])[] = [
  [
    'Entitlement',
    'spec.selector',
    [
      ['spec.users', undefined],
      [
        'spec.selector',
        {
          matchLabels: { team: 'sommar' },
          matchExpressions: [{ key: 'team', operator: 'In', values: ['sommar'] }],
        },
      ],
    ],
  ],
  [
    'Entitlement',
    'spec.right',
    [
      ['spec.license', undefined],
      ['spec.right', 'Medlyssning'],
    ],
  ],
  ['ForkPolicy', 'spec.shard.index', [['spec.shard.count', int32Max]]],
];

/** Choices that a rule ties to another field; its cases have them. */
const tiedChoices: readonly string[] = ['Exists', 'DoesNotExist'];

const kinds = Object.keys(schemas) as readonly Kind[];

/** Every type, required field, choice, bound and ban on doubles in the CRDs, at its limit. Forms and rules have cases of their own. */
export const boundCases: readonly BoundCase[] = kinds.flatMap((kind) =>
  constraintsOf(schemas[kind])
    .filter(({ path }) => path.length > 1 && path[0] !== 'metadata')
    .flatMap((constraint) => casesOf(kind, constraint)),
);

function casesOf(kind: Kind, constraint: Constraint): readonly BoundCase[] {
  const base = baseFor(kind, pathText(constraint.path));
  const current = valueAt(base, constraint.path);
  const field = fieldOf(constraint);
  return limits(constraint, current).map(([good, bad]) => ({
    kind,
    name: `${field}: ${constraint.keyword}${typeof good === 'string' && constraint.keyword === 'enum' ? ` ${good}` : ''}`,
    field,
    passes: withField(base, constraint.path, good),
    fails: withField(base, constraint.path, bad),
  }));
}

function baseFor(kind: Kind, field: string): unknown {
  const changes = surroundings.find(([of, path]) => of === kind && field.startsWith(path))?.[2] ?? [];
  return changes.reduce<unknown>(
    (object, [path, value]) => withField(object, path.split('.'), value),
    caseBases[kind],
  );
}

/** A double is told of at its second place. */
function fieldOf({ path, keyword }: Constraint): string {
  return pathText(keyword === 'no doubles' ? [...path, 1] : path);
}

type Pair = readonly [good: unknown, bad: unknown];

/** Values just within and just beyond what is asked for. */
function limits({ keyword, schema, path }: Constraint, current: unknown): readonly Pair[] {
  const {
    minLength = 0,
    maxLength = 0,
    minimum = 0,
    maximum = int32Max,
    minItems = 0,
    maxItems = 0,
  } = schema;
  switch (keyword) {
    case 'type':
      return [
        [current, schema.type === 'integer' || schema.type === 'boolean' ? '1' : 1],
        ...(schema.type === 'string' ? [[current, [current]] as const] : []),
      ];
    case 'required':
      return [[current, undefined]];
    case 'enum':
      return (schema.enum ?? [])
        .filter((choice) => !tiedChoices.includes(choice))
        .map((choice): Pair => [choice, `${choice}2`]);
    case 'minLength':
      return [[textOfLength(schema, minLength) ?? current, 'a'.repeat(minLength - 1)]];
    case 'maxLength':
      return [
        [
          textOfLength(schema, maxLength) ?? current,
          textOfLength(schema, maxLength + 1) ?? 'a'.repeat(maxLength + 1),
        ],
      ];
    case 'minimum':
      return [[minimum, minimum - 1]];
    case 'maximum':
      // The largest index of a shard is one below the largest count.
      return [[path.at(-1) === 'index' ? maximum - 1 : maximum, maximum + 1]];
    case 'minItems':
      return [[manyItems(path, schema, minItems), manyItems(path, schema, minItems - 1)]];
    case 'maxItems':
      return [[manyItems(path, schema, maxItems), manyItems(path, schema, maxItems + 1)]];
    case 'maxProperties':
      return [[manyLabels(schema.maxProperties ?? 0), manyLabels((schema.maxProperties ?? 0) + 1)]];
    case 'no doubles':
      return [[manyItems(path, schema, 2), twice(manyItems(path, schema, 1))]];
    case 'pattern':
    case 'date-time':
      return [];
  }
}

function manyLabels(count: number): object {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`label-${i}`, 'x']));
}

function twice(items: readonly unknown[]): readonly unknown[] {
  return [...items, ...items];
}
