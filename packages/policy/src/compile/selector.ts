import type { EntitlementSpec } from '../generated/resources.ts';

/** A Kubernetes label selector, as in `Entitlement.spec.selector`. */
export type Selector = NonNullable<EntitlementSpec['selector']>;

type Expression = NonNullable<Selector['matchExpressions']>[number];

/**
 * Do the labels meet all of the selector? As Kubernetes reads it: an empty selector matches every user of the
 * company, and `NotIn` and `DoesNotExist` hold where the label is missing.
 */
export function matchesSelector(selector: Selector, labels: Readonly<Record<string, string>> = {}): boolean {
  return (
    Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value) &&
    (selector.matchExpressions ?? []).every((expression) => meets(expression, labels))
  );
}

function meets(
  { key, operator, values = [] }: Expression,
  labels: Readonly<Record<string, string>>,
): boolean {
  const value = labels[key];
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
  }
}
