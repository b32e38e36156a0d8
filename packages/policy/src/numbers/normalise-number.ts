import {
  type CountryCode,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/min';
import { parseUri } from './parse-uri.ts';

/**
 * Writes a number the one way it is compared everywhere: E.164 with leading plus (R9: national and international
 * forms of a number are the same number).
 *
 * Takes `081234510`, `08-123 45 10`, `+46 8 123 45 10`, `004681234510`, and the same inside `tel:`, `sip:` and
 * `sips:` URIs. National forms are read by the rules of `country` (ISO 3166 alpha-2) and only as people there write
 * them: `81234510` without its trunk prefix could be a local number, so it names nobody.
 *
 * `undefined` for extensions, short codes, local numbers (`;phone-context=`), numbers with an extension behind
 * them, other scripts' digits, and any text that is not a number. Never throws; looks at 256 characters at most.
 */
export function normaliseNumber(text: string, { country }: { readonly country: string }): string | undefined {
  const uri = parseUri(text);
  if (uri === undefined || uri.parameters.has('phone-context') || uri.parameters.has('ext')) return undefined;
  const written = uri.user;
  if (written.length > 40 || !/^\+?[\d\s().\-/]+$/.test(written) || /[^\x20-\x7e]/.test(written))
    return undefined;
  const compact = written.replace(/[^\d+]/g, '');
  const parsed = parse(written, country);
  if (parsed === undefined) return undefined;
  const e164: string = parsed.number;
  if (compact === e164) return e164;
  if (!compact.startsWith('+') && !isDialledForm(compact, parsed)) return undefined;
  // A form that reads differently the second time is no form to compare by.
  return parse(e164, country)?.number === e164 ? e164 : undefined;
}

function parse(written: string, country: string): PhoneNumber | undefined {
  const parsed = parsePhoneNumberFromString(written, {
    extract: false,
    ...(isSupportedCountry(country) && { defaultCountry: country satisfies CountryCode }),
  });
  // Possible, not valid: numbering plans open new series faster than metadata follows.
  // Germany has possible numbers longer than the 15 digits of E.164.
  return parsed?.isPossible() && parsed.ext === undefined && parsed.number.length <= 16 ? parsed : undefined;
}

/** International with a dialling prefix such as `00`, or as written nationally, with or without trunk prefix as the country has it. */
function isDialledForm(digits: string, parsed: PhoneNumber): boolean {
  const international = parsed.number.slice(1);
  const [prefix, found] = [digits.slice(0, -international.length), digits.endsWith(international)];
  if (found && /^0\d{1,3}$/.test(prefix)) return true;
  return digits === parsed.formatNational().replace(/\D/g, '') || digits === `1${parsed.nationalNumber}`;
}
