/** Longer than any token of Kubernetes, or of an issuer that keeps to what a header can hold. */
export const maxToken = 16 * 1024;

/** The token of an `Authorization` header (RFC 6750, section 2.1). */
export const bearerToken = (header: string | undefined): string | undefined =>
  /^Bearer ([\x21-\x7e]+)$/i.exec(header ?? '')?.[1];
