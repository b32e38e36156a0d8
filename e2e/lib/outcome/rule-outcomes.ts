import type { AttemptRecord } from '@medlyssning/media-sidecar/audit/audit-log.ts';

/** Every rule in the order of rules.md, with the reason it refuses with. */
export const aboutListener = [
  'ListenerUnknown',
  'ListeningDisabled',
  'PolicyStale',
  'R1 ListenerLicenseMissing',
  'R2 ListenerRightMissing',
  'R8 DeviceUnknown',
  'R8 DeviceNotAllowed',
] as const;
export const aboutTarget = [
  'R10 TargetUnknown',
  'R9 TargetUnknown',
  'TargetIsListener',
  'R1 TargetLicenseMissing',
] as const;
export const aboutCall = [
  'TargetNotInCall',
  'R4 ProfileAtStartUnknown',
  'R4 ProfileForbids',
  'R11 ListenerLineBusy',
  'R7 TooManyListeners',
] as const;

/** One rule as a record tells of it. */
export type RuleName =
  | (typeof aboutListener)[number]
  | (typeof aboutTarget)[number]
  | (typeof aboutCall)[number];

/** What an attempt's record says of each rule, by what did not pass. */
export interface RuleOutcomes {
  readonly failed: readonly string[];
  readonly notAsked: readonly string[];
  /** All rules, in the order they stand. */
  readonly all: readonly string[];
}

export function ruleOutcomes({ rules }: AttemptRecord): RuleOutcomes {
  const named = rules.map(({ rule, reason, outcome }) => ({
    name: rule === '-' ? reason : `${rule} ${reason}`,
    outcome,
  }));
  const of = (outcome: string) => named.filter((one) => one.outcome === outcome).map(({ name }) => name);
  return { failed: of('failed'), notAsked: of('notAsked'), all: named.map(({ name }) => name) };
}

/** Rules that have nothing to look at where the target names nobody of the company. */
export const noTarget: readonly RuleName[] = [
  'R10 TargetUnknown',
  'TargetIsListener',
  'R1 TargetLicenseMissing',
  'TargetNotInCall',
  'R4 ProfileAtStartUnknown',
  'R4 ProfileForbids',
  'R7 TooManyListeners',
];

/** Rules that have nothing to look at where the target is in no call. */
export const noCall: readonly RuleName[] = [
  'R4 ProfileAtStartUnknown',
  'R4 ProfileForbids',
  'R7 TooManyListeners',
];
