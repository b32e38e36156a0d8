import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import type { Config } from '../../../config/config.ts';
import { ConfigError } from '../../../config/config-error.ts';

export type TlsFiles = NonNullable<NonNullable<Config['http']>['tls']>;

/** What TLS is spoken with; options of a `tls.Server`. */
export interface TlsMaterial {
  readonly cert: string;
  readonly key: string;
  /** Who signs the certificates of machines. */
  readonly ca?: string;
  readonly minVersion: 'TLSv1.2';
}

/** The files as they are now, if they fit together. Rejects with {@link ConfigError}, which names the field, the file and what is wrong. */
export const readTlsFiles = async ({ cert, key, clientAuthority }: TlsFiles): Promise<TlsMaterial> => {
  const material: TlsMaterial = {
    cert: certificatesIn(await textOf('cert', cert), 'cert', cert),
    key: await textOf('key', key),
    ...(clientAuthority !== undefined && {
      ca: certificatesIn(
        await textOf('clientAuthority', clientAuthority),
        'clientAuthority',
        clientAuthority,
      ),
    }),
    minVersion: 'TLSv1.2',
  };
  try {
    // of no text at all, as in a file that is being written, a context takes no notice
    createPrivateKey(material.key);
    createSecureContext(material);
  } catch (cause) {
    const why = (cause as { readonly reason?: string }).reason ?? String(cause);
    throw new ConfigError(`http.tls.key: ${key} is no key in PEM that fits the certificate ${cert}: ${why}`, {
      cause,
    });
  }
  return material;
};

const textOf = (field: keyof TlsFiles, file: string): Promise<string> =>
  readFile(file, 'utf8').catch((cause) => {
    throw new ConfigError(`http.tls.${field}: ${file} cannot be read: ${cause.code ?? cause.message}`, {
      cause,
    });
  });

const pem = /^-----BEGIN CERTIFICATE-----\r?\n[^-]+^-----END CERTIFICATE-----\r?$/gm;

/** OpenSSL passes over what it cannot read of an authority, and then trusts nobody, or fewer than was meant. */
const certificatesIn = (text: string, field: keyof TlsFiles, file: string): string => {
  const found = text.match(pem) ?? [];
  const begun = text.split('-----BEGIN').length - 1;
  try {
    for (const one of found) new X509Certificate(one);
  } catch (cause) {
    throw new ConfigError(`http.tls.${field}: ${file} has a certificate that cannot be read`, { cause });
  }
  if (found.length > 0 && found.length === begun) return text;
  throw new ConfigError(`http.tls.${field}: ${file} must have certificates in PEM, and nothing else`);
};
