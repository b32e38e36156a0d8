/** A condition as the API conventions have it. */
export interface Condition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: string;
  readonly message: string;
  /** RFC 3339. When `status` last became what it is. */
  readonly lastTransitionTime: string;
  readonly observedGeneration?: number;
}

/** A condition to be written; when it became so is found by comparing. */
export type WantedCondition = Omit<Condition, 'lastTransitionTime' | 'observedGeneration'>;

/** The conditions to write: one whose status stays as it was keeps its time. */
export const conditionsAfter = (
  before: readonly Partial<Condition>[],
  wanted: readonly WantedCondition[],
  observedGeneration: number | undefined,
  now: Date,
): readonly Condition[] =>
  wanted.map((condition) => {
    const previous = before.find(({ type }) => type === condition.type);
    const kept = previous?.status === condition.status ? previous.lastTransitionTime : undefined;
    const lastTransitionTime = kept ?? now.toISOString().replace(/\.\d+Z$/, 'Z');
    return {
      ...condition,
      lastTransitionTime,
      ...(observedGeneration === undefined ? {} : { observedGeneration }),
    };
  });
