import type { Resource } from '../generated/resources.ts';
import { apiVersion, type Kind, schemas } from '../generated/schemas.ts';
import { applyDefaults } from './apply-defaults.ts';
import { checkRules } from './check-rules.ts';
import { checkSchema } from './check-schema.ts';
import { didYouMean } from './did-you-mean.ts';
import { withMetadata } from './metadata-schema.ts';
import { isPlainObject, own, type PlainObject } from './plain-object.ts';
import type { Finding } from './problem.ts';
import { shown } from './shown.ts';
import type { StructuralSchema } from './structural-schema.ts';

const kinds = Object.keys(schemas) as readonly Kind[];
const fullSchemas = Object.fromEntries(kinds.map((kind) => [kind, withMetadata(schemas[kind])])) as Record<
  Kind,
  StructuralSchema
>;

/** An object as the API server would store it, or what it would refuse it for. */
export type Checked =
  | { readonly kind: 'valid'; readonly resource: Resource }
  | { readonly kind: 'invalid'; readonly findings: readonly Finding[] };

/** Judges one object by its CRD; `previous` gives the object as it was, for rules about changes. */
export function checkObject(value: unknown, previous: (resource: Resource) => Resource | undefined): Checked {
  if (!isPlainObject(value))
    return invalid([{ path: [], message: 'This is no object; begin with apiVersion and kind.' }]);
  const kind = kinds.find((candidate) => candidate === own(value, 'kind'));
  const unknownType = checkType(value);
  if (!kind || unknownType.length > 0) return invalid(unknownType);
  const schema = fullSchemas[kind];
  const whole = applyDefaults(schema, value);
  const findings = checkSchema(schema, whole, []);
  if (findings.length > 0) return invalid(findings);
  // The schema holds, so the value has the generated type; this is the edge where that becomes known.
  const resource = whole as Resource;
  const broken = checkRules(schema, resource, previous(resource), []);
  return broken.length > 0 ? invalid(broken) : { kind: 'valid', resource };
}

function checkType(value: PlainObject): readonly Finding[] {
  const kind = own(value, 'kind');
  if (own(value, 'apiVersion') !== apiVersion) {
    return [
      {
        path: ['apiVersion'],
        message: `apiVersion must be ${apiVersion}.`,
        ...shownValue(own(value, 'apiVersion')),
      },
    ];
  }
  if (kinds.some((candidate) => candidate === kind)) return [];
  const message = `kind must be one of ${kinds.join(', ')}.${typeof kind === 'string' ? didYouMean(kind, kinds) : ''}`;
  return [{ path: ['kind'], message, ...shownValue(kind) }];
}

function shownValue(value: unknown): { readonly value?: string } {
  return value === undefined ? {} : { value: shown(value) };
}

function invalid(findings: readonly Finding[]): Checked {
  return { kind: 'invalid', findings };
}
