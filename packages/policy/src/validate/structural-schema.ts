/** A rule of `x-kubernetes-validations`: CEL over `self`, and over `oldSelf` when it judges a change. */
export interface ValidationRule {
  readonly rule: string;
  readonly message: string;
  /** JSON path below `self` that the problem is shown at. */
  readonly fieldPath?: string;
}

/** The part of a Kubernetes structural schema that the CRDs of this project use. */
export interface StructuralSchema {
  readonly type: 'object' | 'array' | 'string' | 'integer' | 'boolean';
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, StructuralSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: StructuralSchema;
  readonly maxProperties?: number;
  /** Of maps in metadata, whose keys the API server checks without any schema. */
  readonly propertyNames?: { readonly pattern: string };
  readonly items?: StructuralSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly enum?: readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly 'x-kubernetes-map-type'?: 'atomic';
  readonly 'x-kubernetes-list-type'?: 'set' | 'map' | 'atomic';
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  readonly 'x-kubernetes-validations'?: readonly ValidationRule[];
}
