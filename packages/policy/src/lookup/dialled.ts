import { normaliseAddress } from '../numbers/normalise-address.ts';
import { normaliseNumber } from '../numbers/normalise-number.ts';
import { parseUri } from '../numbers/parse-uri.ts';

/** What a text may name within a company. */
export interface Named {
  readonly number: string | undefined;
  readonly extension: string | undefined;
  readonly address: string | undefined;
}

/** Reads a number as dialled, a URI or an address, by a company's country and domains. */
export function readNamed(
  text: string,
  { country, domains }: { readonly country: string; readonly domains: readonly string[] },
): Named {
  const uri = parseUri(text);
  // Digits at a host that is not the company's are nobody's extension here.
  const isOurs = uri !== undefined && (uri.host === undefined || domains.includes(uri.host));
  return {
    number: normaliseNumber(text, { country }),
    extension: isOurs && /^\d{2,8}$/.test(uri.user) ? uri.user : undefined,
    address: normaliseAddress(text),
  };
}
