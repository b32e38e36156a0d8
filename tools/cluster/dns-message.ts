/** What a DNS query asks (RFC 1035 §4); the name in lower case, without its last dot. */
export interface DnsQuestion {
  readonly name: string;
  /** 1: IPv4 addresses. */
  readonly type: number;
  /** Where the question ends in the query. */
  readonly end: number;
}

const headerLength = 12;
const typeA = 1;
const noSuchName = 3;
const secondsToKeep = 5;

/** The first question of a query, undefined where there is none. */
export const readQuestion = (query: Buffer): DnsQuestion | undefined => {
  if (query.length < headerLength || query.readUInt16BE(4) < 1) return undefined;
  const labels: string[] = [];
  let at = headerLength;
  for (;;) {
    const length = query[at];
    // a query has no pointers
    if (length === undefined || length > 63) return undefined;
    at += 1;
    if (length === 0) break;
    labels.push(query.toString('latin1', at, at + length).toLowerCase());
    at += length;
  }
  if (query.length < at + 4) return undefined;
  return { name: labels.join('.'), type: query.readUInt16BE(at), end: at + 4 };
};

/**
 * The answer to a query: these IPv4 addresses.
 * @param addresses undefined: there is no such name
 */
export const dnsAnswer = (
  query: Buffer,
  { type, end }: DnsQuestion,
  addresses: readonly string[] | undefined,
): Buffer => {
  const told = type === typeA ? (addresses ?? []) : [];
  const header = Buffer.from(query.subarray(0, headerLength));
  const recursionDesired = header.readUInt16BE(2) & 0x0100;
  header.writeUInt16BE(0x8480 | recursionDesired | (addresses === undefined ? noSuchName : 0), 2);
  [1, told.length, 0, 0].forEach((count, n) => {
    header.writeUInt16BE(count, 4 + 2 * n);
  });
  const records = told.map((address) => {
    // its name is that of the question, which stands behind the header
    const record = Buffer.from([
      0xc0,
      headerLength,
      0,
      typeA,
      0,
      1,
      0,
      0,
      0,
      secondsToKeep,
      0,
      4,
      0,
      0,
      0,
      0,
    ]);
    record.set(address.split('.').map(Number), 12);
    return record;
  });
  return Buffer.concat([header, query.subarray(headerLength, end), ...records]);
};
