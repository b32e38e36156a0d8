import type { PolicyIndex, UserRow } from '@medlyssning/policy';

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
  const company = domain === undefined ? undefined : index.companyByDomain(domain);
  const number = internationalNumber(address);
  return (
    index.userByIdentity(address) ??
    (company && index.userByIdentity(address, company.key)) ??
    (number === undefined ? undefined : index.userByNumber(number))
  );
};
