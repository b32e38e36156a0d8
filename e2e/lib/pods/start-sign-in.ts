import {
  type CertificateAuthority,
  createCertificateAuthority,
} from '@medlyssning/tools/control-plane/certificates.ts';
import {
  type DevelopmentIssuer,
  startDevelopmentIssuer,
} from '@medlyssning/tools/development-issuer/start-development-issuer.ts';

/** Who signs people in, and whom they and the console are vouched for by. */
export interface SignIn {
  readonly authority: CertificateAuthority;
  readonly issuer: DevelopmentIssuer;
}

/** Starts an issuer that pods reach. @param address of this machine on the wire to the node */
export const startSignIn = async (address: string): Promise<SignIn> => {
  const authority = await createCertificateAuthority();
  const credential = await authority.server('issuer', { ips: [address], names: [] });
  return { authority, issuer: await startDevelopmentIssuer({ at: { address, ...credential } }) };
};
