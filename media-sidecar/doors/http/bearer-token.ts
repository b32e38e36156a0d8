/** The token of an `Authorization` header (RFC 6750, section 2.1). */
export const bearerToken = (header: string | undefined): string | undefined =>
  /^Bearer ([\x21-\x7e]+)$/i.exec(header ?? '')?.[1];
