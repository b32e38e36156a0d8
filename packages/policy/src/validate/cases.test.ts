import { describe, expect, it } from 'vitest';
import { type Kind, schemas } from '../generated/schemas.ts';
import { caseBases } from './case-bases.ts';
import { cases } from './cases.ts';
import { breaks, type Constraint, constraintsOf, valueAt } from './constraints.ts';
import { parseResources } from './parse-resources.ts';
import { pathText } from './problem.ts';
import type { StructuralSchema } from './structural-schema.ts';

const kinds = Object.keys(schemas) as readonly Kind[];

const judge = (object: unknown, previous?: unknown) => {
  const before = previous === undefined ? [] : parse(previous).resources.map(({ resource }) => resource);
  return parse(object, before);
};
const parse = (object: unknown, before: Parameters<typeof parseResources>[1] = []) =>
  parseResources([{ file: 'case.yaml', text: JSON.stringify(object) }], before);

describe('every form and rule of the CRDs', () => {
  it.each(Object.entries(caseBases))('takes the %s that cases start from', (_, base) => {
    expect(judge(base).problems).toEqual([]);
  });

  it.each(cases)('$kind: $name', ({ field, passes, fails, previous }) => {
    expect(judge(passes, previous).problems).toEqual([]);
    const { problems, resources } = judge(fails, previous);
    expect(resources).toEqual([]);
    expect(problems.map((problem) => problem.field)).toContain(field);
  });

  it('has a case for each CEL rule, named by its message', () => {
    const missing = Object.entries(schemas).flatMap(([kind, schema]) =>
      rules(schema).filter(
        (message) =>
          !cases.some(
            (one) => one.kind === kind && message.startsWith(one.name) && refusedWith(one, message),
          ),
      ),
    );
    expect(missing).toEqual([]);
  });

  it('has a case that meets and one that breaks each other constraint, by path', () => {
    const missing = kinds.flatMap((kind) =>
      constraintsOf(schemas[kind])
        // What metadata has to be is said by Kubernetes; a CRD may only shorten the name.
        .filter(({ path, keyword }) => path[0] !== 'metadata' || keyword === 'maxLength')
        .filter(({ path }) => path.length > 1)
        .filter((constraint) => !cases.some((one) => one.kind === kind && shows(one, constraint)))
        .map(({ path, keyword }) => `${kind} ${pathText(path)}: ${keyword}`),
    );
    expect(missing).toEqual([]);
  });
});

/** Whether a case is about this field, meets the constraint once and breaks it once. */
function shows({ field, passes, fails }: (typeof cases)[number], constraint: Constraint): boolean {
  if (!field.startsWith(pathText(constraint.path)) || valueAt(passes, constraint.path) === undefined)
    return false;
  return !breaks(constraint, passes) && breaks(constraint, fails);
}

function refusedWith({ fails, previous }: (typeof cases)[number], message: string): boolean {
  return judge(fails, previous).problems.some((problem) => problem.message === `${message}.`);
}

function below(schema: StructuralSchema): readonly (readonly [string, StructuralSchema])[] {
  const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => [`.${name}`, field] as const);
  return schema.items ? [...fields, ['[0]', schema.items]] : fields;
}

function rules(schema: StructuralSchema): readonly string[] {
  // What has its type cannot break `self == self`; the cases about types show what it is for.
  const own = (schema['x-kubernetes-validations'] ?? []).filter(({ rule }) => rule !== 'self == self');
  const here = own.map(({ message }) => message);
  return [...here, ...below(schema).flatMap(([, field]) => rules(field))];
}
