import { generate } from 'selfsigned';

/** A key and its certificate, both PEM. */
export interface Credential {
  readonly key: string;
  readonly certificate: string;
}

export interface KnownAs {
  readonly ips: readonly string[];
  readonly names: readonly string[];
}

/** Signs what the processes of one control plane know each other by. */
export interface CertificateAuthority {
  readonly certificate: string;
  /** For a server that is known by these addresses and names; left out, for an API server on this machine. */
  server(commonName?: string, known?: KnownAs): Promise<Credential>;
  /** For a client: the API server takes `user` and `groups` from the subject (Kubernetes docs, "X.509 client certificates"). */
  client(user: string, groups: readonly string[]): Promise<Credential>;
}

const onThisMachine: KnownAs = { ips: ['127.0.0.1'], names: ['localhost'] };

const elliptic = { keyType: 'ec', curve: 'P-256', algorithm: 'sha256' } as const;

export async function createCertificateAuthority(): Promise<CertificateAuthority> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'tests' }], {
    ...elliptic,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const signed = async (
    attributes: Parameters<typeof generate>[0],
    extensions: NonNullable<Parameters<typeof generate>[1]>['extensions'] & object,
  ): Promise<Credential> => {
    const made = await generate(attributes, { ...elliptic, extensions, ca: { key, cert } });
    return { key: made.private, certificate: made.cert };
  };
  return {
    certificate: cert,
    server: (commonName = 'kube-apiserver', { ips, names } = onThisMachine) =>
      signed(
        [{ name: 'commonName', value: commonName }],
        [
          { name: 'extKeyUsage', serverAuth: true },
          {
            name: 'subjectAltName',
            altNames: [
              ...ips.map((ip) => ({ type: 7 as const, ip })),
              ...names.map((value) => ({ type: 2 as const, value })),
            ],
          },
        ],
      ),
    client: (user, groups) =>
      signed(
        [
          ...groups.map((value) => ({ name: 'organizationName', value })),
          { name: 'commonName', value: user },
        ],
        [{ name: 'extKeyUsage', clientAuth: true }],
      ),
  };
}
