/** Longest text looked at; a SIP or tel URI that names a person is far shorter. */
const maximumLength = 256;

/** What a `tel:`, `sip:` or `sips:` URI, or bare text, says about a person. */
export interface NumberUri {
  readonly scheme: 'tel' | 'sip' | 'none';
  /** User part or number: percent escapes decoded, parameters and password left out. */
  readonly user: string;
  /** Parameters of the number itself (RFC 3966 section 3), names in lower case. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Host in lower case, without port; only for `sip` and for bare `user@host`. */
  readonly host: string | undefined;
}

/**
 * Takes a URI or a bare number apart, as far as naming a person goes (RFC 3261 section 19.1, RFC 3966).
 * `undefined` for what is too long, has control characters or broken escapes: it names nobody.
 */
export function parseUri(text: string): NumberUri | undefined {
  if (text.length > maximumLength) return undefined;
  const [, schemeText, rest = ''] = /^\s*(?:(tel|sips?):)?(.*?)\s*$/i.exec(text) ?? [];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused here
  if (rest === '' || /[\u0000-\u001f\u007f]/.test(rest)) return undefined;
  const scheme = schemeText === undefined ? 'none' : schemeText.toLowerCase() === 'tel' ? 'tel' : 'sip';
  const at = scheme === 'tel' ? -1 : rest.lastIndexOf('@');
  // `sip:host` names a host, not a person.
  if (scheme === 'sip' && at < 1) return undefined;
  const host = at < 0 ? undefined : hostOf(rest.slice(at + 1));
  if (at >= 0 && host === undefined) return undefined;
  const [number = '', ...parameterTexts] = (at < 0 ? rest : rest.slice(0, at)).split(';');
  const user = decodeEscapes(at < 0 ? number : (number.split(':')[0] ?? ''));
  if (user === undefined || user === '') return undefined;
  const parameters = new Map(
    parameterTexts.map((parameter) => {
      const [name = '', value = ''] = parameter.split('=');
      return [name.toLowerCase(), value];
    }),
  );
  return { scheme, user, parameters, host };
}

function hostOf(text: string): string | undefined {
  return /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?(?:[;?].*)?$/i.exec(text)?.[1]?.toLowerCase();
}

/** `undefined` where an escape is broken or hides a character that has no place in a user part. */
function decodeEscapes(text: string): string | undefined {
  try {
    const decoded = decodeURIComponent(text);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: as above, now for what was escaped
    return /[\u0000-\u001f\u007f@;]/.test(decoded) ? undefined : decoded;
  } catch {
    return undefined;
  }
}
