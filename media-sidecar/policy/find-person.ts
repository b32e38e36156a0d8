import type { PolicyIndex, UserRow } from '@medlyssning/policy';

/** Host of `sip:user@host:port;…` or `user@host`. */
const hostOf = (text: string): string | undefined =>
  /@(\[[^\]]+\]|[^:;?>\s]+)/.exec(text)?.[1]?.toLowerCase();

/** The number of an address, where it is international and so means the same in every company. */
const internationalNumber = (text: string): string | undefined =>
  /^(?:sips?:|tel:)?(\+\d{4,15})(?:[@;]|$)/i.exec(text)?.[1];

/**
 * Whom the PBX means by an address: within the company that its host, or the domain said beside it, names; else, for
 * an international number, in whichever company has it. Whoever cannot be told apart is nobody.
 *
 * @param address number, `user@host`, SIP or tel URI, as the PBX said it
 * @param domain SIP domain said beside the address
 */
export const findPerson = (index: PolicyIndex, address: string, domain?: string): UserRow | undefined => {
  for (const host of [hostOf(address), domain]) {
    const company = host === undefined ? undefined : index.companyByDomain(host);
    const row = company && index.userByIdentity(company.key, address);
    if (row) return row;
  }
  const number = internationalNumber(address);
  return number === undefined ? undefined : index.userByNumber(number);
};
