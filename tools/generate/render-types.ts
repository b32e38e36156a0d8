import type { StructuralSchema } from '../../packages/policy/src/validate/structural-schema.ts';
import type { Crd } from './read-crds.ts';

const header = `// Generated from crds/ by \`npm run generate\`. Do not edit.

/** What the API server keeps about every object. */
export interface ObjectMeta {
  readonly name: string;
  readonly namespace: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly generation?: number;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly finalizers?: readonly string[];
  readonly ownerReferences?: readonly OwnerReference[];
}

/** The object that owns another; the owned one goes when its owner goes. */
export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
  readonly blockOwnerDeletion?: boolean;
}
`;

/** TypeScript types of all kinds. A field with a default is never absent: defaults are applied before anyone reads. */
export function renderTypes(crds: readonly Crd[]): string {
  const condition = crds.map((crd) => crd.schema.properties?.['status']?.properties?.['conditions']?.items);
  const parts = [
    header,
    ...condition.slice(0, 1).flatMap((schema) => (schema ? [renderInterface('Condition', schema)] : [])),
    ...crds.flatMap(renderKind),
    `/** Any object of the API. */\nexport type Resource = ${crds.map((crd) => crd.kind).join(' | ')};\n`,
  ];
  return parts.join('\n');
}

function renderKind({ kind, apiVersion, schema }: Crd): readonly string[] {
  const { spec, status } = schema.properties ?? {};
  if (!spec || !status) throw new Error(`${kind} has no spec or no status; every kind of the API has both.`);
  const object = [
    ...doc(schema, ''),
    `export interface ${kind} {`,
    `  readonly apiVersion: '${apiVersion}';`,
    `  readonly kind: '${kind}';`,
    '  readonly metadata: ObjectMeta;',
    `  readonly spec: ${kind}Spec;`,
    `  readonly status?: ${kind}Status;`,
    '}\n',
  ];
  return [object.join('\n'), renderInterface(`${kind}Spec`, spec), renderInterface(`${kind}Status`, status)];
}

function renderInterface(name: string, schema: StructuralSchema): string {
  return [...doc(schema, ''), `export interface ${name} ${renderObject(schema, '')}\n`].join('\n');
}

function renderObject(schema: StructuralSchema, indent: string): string {
  const inner = `${indent}  `;
  const fields = Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    // The default of conditions is for what nobody has looked at yet; whoever writes a status may leave them out.
    const byDefault = field.default !== undefined && name !== 'conditions';
    const always = schema.required?.includes(name) || byDefault;
    return [
      ...doc(byDefault ? field : { ...field, default: undefined }, inner),
      `${inner}readonly ${name}${always ? '' : '?'}: ${renderType(field, name, inner)};`,
    ];
  });
  return ['{', ...fields, `${indent}}`].join('\n');
}

function renderType(schema: StructuralSchema, name: string, indent: string): string {
  if (name === 'conditions') return 'readonly Condition[]';
  if (schema.enum) return schema.enum.map((value) => `'${value}'`).join(' | ');
  if (schema.items) return renderArray(renderType(schema.items, '', indent));
  if (schema.additionalProperties) {
    return `Readonly<Record<string, ${renderType(schema.additionalProperties, '', indent)}>>`;
  }
  if (schema.type === 'object') return renderObject(schema, indent);
  return schema.type === 'integer' ? 'number' : schema.type;
}

function renderArray(item: string): string {
  return `readonly ${item.includes(' | ') && !item.startsWith('{') ? `(${item})` : item}[]`;
}

function doc(schema: StructuralSchema, indent: string): readonly string[] {
  const value = schema.default;
  const trivial = value === undefined || (typeof value === 'object' && !Array.isArray(value));
  const text = [schema.description, trivial ? undefined : `Default: \`${JSON.stringify(value)}\`.`].filter(
    Boolean,
  );
  if (text.length === 0) return [];
  return [`${indent}/** ${text.join(' ').replaceAll('*/', '*\\/')} */`];
}
