import type { Crd } from './read-crds.ts';

/** The schemas of all kinds as data, for validation without an API server. */
export function renderSchemas(crds: readonly Crd[]): string {
  const schemas = Object.fromEntries(crds.map((crd) => [crd.kind, crd.schema]));
  const apiVersion = crds[0]?.apiVersion;
  return `// Generated from crds/ by \`npm run generate\`. Do not edit.
import type { StructuralSchema } from '../validate/structural-schema.ts';

/** Group and version of every kind. */
export const apiVersion = '${apiVersion}';

/** The kinds of the API. */
export type Kind = ${crds.map((crd) => `'${crd.kind}'`).join(' | ')};

/** Schema of each kind, as in its CRD. */
export const schemas: Readonly<Record<Kind, StructuralSchema>> = ${JSON.stringify(schemas, null, 2)};
`;
}
