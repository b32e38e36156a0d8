import { z } from 'zod';
import { UsageError } from '../errors.ts';
import { openSidecar, type SidecarOptions } from '../sidecar/sidecar.ts';
import { text } from '../sidecar/views.ts';
import type { Switch, Switched } from './switched.ts';

const answer = z.object({ profile: text, since: text, previous: text.optional() });

/**
 * Says it to a media sidecar as a PBX does: in effect on that node at once, and written to the cluster by it.
 * @throws UsageError, Unanswered
 */
export const switchBySidecar = async (
  { user, profile, since }: Switch,
  options: SidecarOptions,
): Promise<Switched> => {
  const [company, name] = user.split('/');
  if (!company || !name)
    throw new UsageError(`Write the user as COMPANY/USER where a sidecar is told, and not ${user}.`);
  const path = `/v1/users/${encodeURIComponent(company)}/${encodeURIComponent(name)}/active-profile`;
  const body = { profile, since: since.toISOString() };
  const { previous, ...switched } = await openSidecar(options).ask({ method: 'PUT', path, body }, answer);
  return { user, ...switched, ...(previous !== undefined && { previous }) };
};
