import type { StructuralSchema } from './structural-schema.ts';

const text: StructuralSchema = { type: 'string' };
const time: StructuralSchema = { type: 'string', format: 'date-time' };
const labelValue = '^([A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?)?$';
const subdomain = '^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$';

/** Keys of labels and annotations: at most 63 characters, before them, if anything, a DNS name and a slash. */
const qualifiedName =
  '^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$';

/** What every Kubernetes object may say in `metadata`, names as in RFC 1123. A CRD may ask for shorter names. */
export const metadataSchema: StructuralSchema = {
  type: 'object',
  required: ['name', 'namespace'],
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 253, pattern: subdomain },
    namespace: { type: 'string', minLength: 1, maxLength: 63, pattern: '^[a-z0-9]([a-z0-9-]*[a-z0-9])?$' },
    labels: {
      type: 'object',
      propertyNames: { pattern: qualifiedName },
      additionalProperties: { type: 'string', maxLength: 63, pattern: labelValue },
    },
    annotations: { type: 'object', propertyNames: { pattern: qualifiedName }, additionalProperties: text },
    uid: text,
    resourceVersion: text,
    generation: { type: 'integer' },
    generateName: text,
    creationTimestamp: time,
    deletionTimestamp: time,
    deletionGracePeriodSeconds: { type: 'integer' },
    selfLink: text,
    finalizers: { type: 'array', items: text },
    ownerReferences: {
      type: 'array',
      items: {
        type: 'object',
        required: ['apiVersion', 'kind', 'name', 'uid'],
        properties: {
          apiVersion: text,
          kind: text,
          name: text,
          uid: text,
          controller: { type: 'boolean' },
          blockOwnerDeletion: { type: 'boolean' },
        },
      },
    },
  },
};

/** The schema of a kind with `metadata` spelled out. */
export function withMetadata(schema: StructuralSchema): StructuralSchema {
  const own = schema.properties?.['metadata']?.properties?.['name'];
  const name = { ...metadataSchema.properties?.['name'], ...own, type: 'string' } satisfies StructuralSchema;
  const metadata = { ...metadataSchema, properties: { ...metadataSchema.properties, name } };
  return {
    ...schema,
    required: ['metadata', ...(schema.required ?? [])],
    properties: { ...schema.properties, metadata },
  };
}
