import type { Command } from 'commander';
import { UsageError } from '../errors.ts';
import { findUser, nearName } from '../explain/find-user.ts';
import { compileOrigin } from '../explain/in-force.ts';
import { nobodyNamed } from '../explain/who-can-listen.ts';
import { type Output, writeAnswer } from '../print/output.ts';
import { nameOf } from '../source/origin.ts';
import { readFolder } from '../source/read-folder.ts';
import { switchBySidecar } from '../switch/switch-by-sidecar.ts';
import { noSuchProfile, type Switched } from '../switch/switched.ts';
import {
  type OutputOptions,
  readTime,
  type SourceOptions,
  withCluster,
  withExamples,
  withOutput,
  withSource,
  withToken,
} from './options.ts';

interface ProfileArguments extends SourceOptions, OutputOptions {
  readonly server?: string;
  readonly tokenFile?: string;
  readonly since?: Date;
}

/** `profile anna lunch`: says which profile is active, as the PBX does (R4). */
export const profileCommand = (command: Command, output: Output): Command => {
  command
    .description(
      'Makes a profile the active one of a user, as the PBX does. Calls going on keep theirs (R4).',
    )
    .argument('<user>', 'name of the User, or namespace/name')
    .argument('<profile>', 'one of the profiles of the User')
    .option('--since <time>', 'since when it is active (default: now)', readTime)
    .addHelpText(
      'after',
      '\nWith --server it is in effect on that media node at once, and is written to the cluster by it.',
    );
  withExamples(withOutput(withToken(withCluster(withSource(command)))), [
    ['profile anna lunch', 'In the cluster; needs the role medlyssning-pbx in her namespace'],
    ['profile acme/anna lunch --since 2026-06-01T11:00:00Z', 'Since a moment that was'],
    [
      'profile acme/anna lunch --server https://media-1:8443 --token-file token',
      'Through a media sidecar; acme is the company',
    ],
  ]);
  return command.action(async (user: string, profile: string, options: ProfileArguments) => {
    const switched = await switchProfile(user, profile, options);
    const { since, previous } = switched;
    writeAnswer(output, options.output, {
      data: switched,
      lines: () => [
        `${switched.user} has the profile ${switched.profile} since ${since}${previous === undefined ? '' : `, before it ${previous}`}.`,
      ],
    });
  });
};

const switchProfile = async (user: string, profile: string, options: ProfileArguments): Promise<Switched> => {
  const since = options.since ?? new Date();
  const { filename, server, tokenFile } = options;
  if (filename !== undefined) return refuseFolder(user, profile, filename);
  if (server !== undefined) return switchBySidecar({ user, profile, since }, { server, tokenFile });
  const { switchByCluster } = await import('../switch/switch-by-cluster.ts');
  return switchByCluster({ user, profile, since }, options);
};

/** A folder is its author's; where to write, and what, can be said. */
const refuseFolder = async (user: string, profile: string, folder: string): Promise<never> => {
  const { origin } = await readFolder(folder);
  const found = findUser(user, { ...compileOrigin(origin, new Date()), namespace: undefined });
  if (!found) throw new UsageError(nobodyNamed(user, origin, nearName(user, origin)));
  const { profiles } = found.spec;
  if (!profiles.includes(profile)) throw new UsageError(noSuchProfile(nameOf(found), profile, profiles));
  throw new UsageError(
    `In a folder the file says which profile is active. Write under ${nameOf(found)} (${origin.placeOf(found, ['status', 'activeProfile'])}):\n\nstatus:\n  activeProfile: { name: ${profile}, since: "${new Date().toISOString()}" }`,
  );
};
