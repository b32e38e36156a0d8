import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { StructuralSchema } from '../../packages/policy/src/validate/structural-schema.ts';

/** What the generator takes from a CustomResourceDefinition. */
export interface Crd {
  readonly kind: string;
  /** `group/version`. */
  readonly apiVersion: string;
  readonly schema: StructuralSchema;
  /** `companies`, as in paths and RBAC. */
  readonly plural: string;
  readonly shortNames: readonly string[];
  /** What `kubectl get` shows. */
  readonly columns: readonly PrinterColumn[];
  /** What a field selector may ask for besides name and namespace, `.spec.right`. */
  readonly selectableFields: readonly string[];
}

/** A column of `kubectl get`. */
export interface PrinterColumn {
  readonly name: string;
  readonly jsonPath: string;
  readonly description?: string;
  /** Above 0: with `-o wide` only. */
  readonly priority?: number;
}

interface CrdFile {
  readonly spec: {
    readonly group: string;
    readonly names: {
      readonly kind: string;
      readonly plural: string;
      readonly shortNames?: readonly string[];
    };
    readonly versions: readonly {
      readonly name: string;
      readonly storage: boolean;
      readonly schema: { readonly openAPIV3Schema: StructuralSchema };
      readonly additionalPrinterColumns?: readonly PrinterColumn[];
      readonly selectableFields?: readonly { readonly jsonPath: string }[];
    }[];
  };
}

/** The stored version of each CRD in a folder, in the order of their kinds so that output is the same everywhere. */
export function readCrds(folder: string): readonly Crd[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
  return files
    .map((file) => toCrd(file, parse(readFileSync(join(folder, file), 'utf8')) as CrdFile))
    .toSorted((a, b) => (a.kind < b.kind ? -1 : 1));
}

function toCrd(file: string, crd: CrdFile): Crd {
  const version = crd.spec.versions.find((candidate) => candidate.storage);
  if (!version)
    throw new Error(`${file} has no version with storage: true; mark the one to generate types from.`);
  return {
    kind: crd.spec.names.kind,
    apiVersion: `${crd.spec.group}/${version.name}`,
    schema: version.schema.openAPIV3Schema,
    plural: crd.spec.names.plural,
    shortNames: crd.spec.names.shortNames ?? [],
    columns: version.additionalPrinterColumns ?? [],
    selectableFields: (version.selectableFields ?? []).map(({ jsonPath }) => jsonPath),
  };
}
