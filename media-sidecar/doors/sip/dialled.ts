/** The user part of a request-URI, percent escapes undone; `undefined` for what is no SIP URI with a user. */
const userOf = (requestUri: string): string | undefined => {
  const escaped = /^sips?:([^@;?\s]{1,128})@/i.exec(requestUri)?.[1];
  if (escaped === undefined) return undefined;
  try {
    return decodeURIComponent(escaped);
  } catch {
    return undefined;
  }
};

/** What stands after the company's feature code: `sip:*28*081234510@pbx` → `081234510` (R8). */
export const dialledIn =
  (requestUri: string) =>
  (featureCode: string): string | undefined => {
    const user = userOf(requestUri);
    return featureCode !== '' && user?.startsWith(featureCode) ? user.slice(featureCode.length) : undefined;
  };
