import type { PolicyIndex } from '@medlyssning/policy';
import { ApiError, type KubeApi } from 'kube-runtime';
import type { EventStream, ProfileSwitched } from '../events/event-stream.ts';
import { fieldManager, users } from '../kubernetes/resource-types.ts';
import type { ActiveProfile, ActiveProfiles } from './active-profiles.ts';

export interface ProfileSwitch {
  /** Key of the company, `namespace/name`. */
  readonly company: string;
  readonly user: string;
  readonly profile: string;
  /** ms since the epoch. */
  readonly since: number;
}

/**
 * - `switched`: written, and in effect here. `previous` is what was active before.
 * - `refused`: nothing was written: the switch itself is not possible.
 * - `unwritten`: the API server could not take it, or did not say; ask again. A profile that forbids is in effect here.
 */
export type SwitchOutcome =
  | { readonly kind: 'switched'; readonly active: ActiveProfile; readonly previous: string | undefined }
  | { readonly kind: 'refused'; readonly reason: SwitchRefusal }
  | { readonly kind: 'unwritten'; readonly cause: unknown };

export type SwitchRefusal = 'UserUnknown' | 'ProfileUnknown' | 'SinceInFuture' | 'SinceTooOld';

export interface SwitchParts {
  readonly api: Pick<KubeApi, 'get' | 'apply'>;
  readonly index: PolicyIndex;
  readonly profiles: ActiveProfiles;
  /** Told of each switch that was written; again where it was said again. */
  readonly events: EventStream<ProfileSwitched>;
  /** ms since the epoch. */
  readonly now: () => number;
}

/** How far the clock of the PBX may be ahead of ours. */
const clockSkewMs = 2_000;
const deadlineMs = 5_000;
/** The operator writes a user's status too, and so do sidecars that are told of the same user. */
const attempts = 5;

/**
 * Switches a user's active profile, as the PBX says (R4): it is written to the User's status, from where the operator
 * compiles it for all nodes, and is in effect on this node at once. To forbid needs no leave: that is in effect before the
 * API server has answered, and whatever it answers. To allow is in effect only once it is written.
 */
export const createProfileSwitch =
  ({ api, index, profiles, events, now }: SwitchParts) =>
  async ({ company, user, profile, since }: ProfileSwitch): Promise<SwitchOutcome> => {
    const row = index.userByName(company, user);
    if (!row) return { kind: 'refused', reason: 'UserUnknown' };
    const allowed = row.profileAllows(profile);
    if (allowed === undefined) return { kind: 'refused', reason: 'ProfileUnknown' };
    if (since > now() + clockSkewMs) return { kind: 'refused', reason: 'SinceInFuture' };
    const active = { name: profile, since };
    if (!allowed) profiles.switch(row, active);
    try {
      const written = await writeActiveProfile(
        api,
        { company, user },
        active,
        AbortSignal.timeout(deadlineMs),
      );
      const rowNow = index.userByName(company, user);
      if (written.kind === 'switched') {
        if (rowNow) profiles.switch(rowNow, active);
        const { previous } = written;
        events.emit({ kind: 'profileSwitched', at: now(), company, user, profile, previous, since });
      }
      return written;
    } catch (cause) {
      return { kind: 'unwritten', cause };
    }
  };

type Who = Pick<ProfileSwitch, 'company' | 'user'>;
type Api = SwitchParts['api'];

/**
 * Writes to the User's status which profile is active, unless a later switch stands there. Others write a user's status too; it is
 * read anew then. Rejects as `KubeApi` does.
 */
export const writeActiveProfile = async (
  api: Api,
  who: Who,
  active: ActiveProfile,
  signal: AbortSignal,
): Promise<SwitchOutcome> => {
  for (let left = attempts; ; left--) {
    try {
      return await writeOnce(api, who, active, signal);
    } catch (error) {
      const status = error instanceof ApiError ? error.status : undefined;
      if (status === 404) return { kind: 'refused', reason: 'UserUnknown' };
      if (status !== 409 || left <= 1) throw error;
    }
  }
};

/** Only over what was read: of two switches at once the one with the later `since` is to stand. */
const writeOnce = async (
  api: Api,
  { company, user }: Who,
  active: ActiveProfile,
  signal: AbortSignal,
): Promise<SwitchOutcome> => {
  const [namespace = '', companyName] = company.split('/');
  const { metadata, spec, status } = await api.get(users, { namespace, name: user }, { signal });
  if (spec.companyRef.name !== companyName) return { kind: 'refused', reason: 'UserUnknown' };
  const before = status?.activeProfile;
  const beforeSince = before ? Date.parse(before.since) : Number.NEGATIVE_INFINITY;
  if (before?.name === active.name && beforeSince === active.since)
    return { kind: 'switched', active, previous: before.previous };
  if (beforeSince >= active.since) return { kind: 'refused', reason: 'SinceTooOld' };
  const previous = before?.name ?? spec.profiles[0];
  const since = new Date(active.since).toISOString();
  const activeProfile = { name: active.name, since, ...(previous !== undefined && { previous }) };
  const { resourceVersion } = metadata;
  await api.apply(
    users,
    { metadata: { name: user, namespace, resourceVersion }, status: { activeProfile } },
    { fieldManager, force: true, subresource: 'status' },
    { signal },
  );
  return { kind: 'switched', active, previous };
};
