import { didYouMean } from '@medlyssning/policy';

/** What is to be switched. */
export interface Switch {
  /** As it was written: `anna`, `acme/anna`. */
  readonly user: string;
  readonly profile: string;
  readonly since: Date;
}

/** What is active now. */
export interface Switched {
  /** `namespace/name`, or as the sidecar was told. */
  readonly user: string;
  readonly profile: string;
  /** RFC 3339. */
  readonly since: string;
  readonly previous?: string;
}

/** What to name in place of a profile that the user has not. */
export const noSuchProfile = (user: string, profile: string, profiles: readonly string[]): string =>
  `${user} has no profile ${profile}.${didYouMean(profile, profiles)} It has: ${profiles.join(', ')}.`;
