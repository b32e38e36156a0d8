import { describe, expect, it } from 'vitest';
import { schemas } from '../generated/schemas.ts';
import { caseBases } from './case-bases.ts';
import { cases } from './cases.ts';
import { parseResources } from './parse-resources.ts';
import type { StructuralSchema } from './structural-schema.ts';

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

  it('has a case for each pattern and moment', () => {
    const missing = Object.entries(schemas).flatMap(([kind, schema]) =>
      forms(schema, '').filter((field) => !cases.some((one) => one.kind === kind && one.field === field)),
    );
    expect(missing).toEqual([]);
  });
});

function refusedWith({ fails, previous }: (typeof cases)[number], message: string): boolean {
  return judge(fails, previous).problems.some((problem) => problem.message === `${message}.`);
}

function below(schema: StructuralSchema): readonly (readonly [string, StructuralSchema])[] {
  const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => [`.${name}`, field] as const);
  return schema.items ? [...fields, ['[0]', schema.items]] : fields;
}

function rules(schema: StructuralSchema): readonly string[] {
  const here = (schema['x-kubernetes-validations'] ?? []).map(({ message }) => message);
  return [...here, ...below(schema).flatMap(([, field]) => rules(field))];
}

/** Right and license have the same form; a case for one of them stands for both. */
function forms(schema: StructuralSchema, path: string): readonly string[] {
  const has =
    (schema.pattern ?? (schema.format === 'date-time' || undefined)) !== undefined && path !== '.spec.right';
  return [
    ...(has ? [path.slice(1)] : []),
    ...below(schema).flatMap(([step, field]) => forms(field, path + step)),
  ];
}
