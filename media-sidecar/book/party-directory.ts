/** Who a call's address belongs to, and the profile active for them right now. The policy answers it. */
export interface PartyDirectory {
  /** Namespaces of whose people not all are known now: whoever is nobody may be one of them. Never changed, but replaced. */
  readonly partlyKnown: ReadonlySet<string>;
  /**
   * @param address number or `user@host` as the PBX's metadata said it
   * @param domain SIP domain that names the company, from the same metadata
   * @returns `undefined` where nobody, or more than one, could be meant
   */
  whoIs(
    address: string,
    domain: string | undefined,
  ):
    | {
        /** Company key, `namespace/name`. */
        readonly company: string;
        readonly user: string;
        /** The active profile: since when (ms since the epoch, -Infinity: always) and whether it allows listening. */
        readonly profile: { readonly name: string; readonly since: number; readonly allowed: boolean };
      }
    | undefined;
}
