/** The configuration cannot be used; the message names each field and what to write. */
export class ConfigError extends Error {
  readonly reason = 'ConfigInvalid';
  override readonly name = 'ConfigError';
}
