import { Grammar, URI } from 'sip.js/lib/core/index.js';

/** Text that should be a SIP URI and is not. The text is not repeated: it may hold a number. */
export class SipUriError extends Error {
  readonly reason = 'SipUriInvalid';
  override readonly name = 'SipUriError';

  constructor() {
    super('The text is no SIP URI; write it as sip:user@host or sip:user@host:port.');
  }
}

/** Parses a SIP URI. @throws SipUriError */
export function sipUri(text: string): URI {
  const uri: unknown = Grammar.URIParse(text);
  if (!(uri instanceof URI) || !/^sips?$/.test(uri.scheme)) throw new SipUriError();
  return uri;
}
