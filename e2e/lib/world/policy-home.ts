import { rename } from 'node:fs/promises';

/** Where the sidecar of a world has its policy from. The YAML that people edit is a folder in either case. */
export interface PolicyHome {
  /** The sidecar's `policy`. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Puts the folder, as it stands, where the sidecar has its policy from. */
  publish(): Promise<void>;
  /** Takes the source out of the sidecar's reach; what it gives puts it back. */
  lose(): Promise<LostPolicy>;
  stop(): Promise<void>;
}

export interface LostPolicy {
  /** Where the folder is meanwhile. */
  readonly policyDir: string;
  find(): Promise<void>;
}

/** The sidecar reads the folder itself. */
export const directoryHome = (policyDir: string): PolicyHome => ({
  config: { directory: policyDir },
  publish: async () => {},
  lose: async () => {
    const aside = `${policyDir}-aside`;
    await rename(policyDir, aside);
    return { policyDir: aside, find: () => rename(aside, policyDir) };
  },
  stop: async () => {},
});
