/** Where the policy comes from. It feeds a `PolicyStore` until it is closed. */
export interface PolicySource {
  /** Resolves when all that there is was applied for the first time, and until then nobody is known. Rejects if closed before. */
  readonly applied: Promise<void>;
  close(): Promise<void>;
}
