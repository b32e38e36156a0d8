import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CertificateAuthority } from '@medlyssning/tools/control-plane/certificates.ts';
import { consoleName } from './console-service.ts';

/**
 * Writes the console's key and certificate as files of a Secret.
 * @param give what makes the Secret of them, by `kubectl create secret …`
 */
export const withConsoleCertificate = async (
  authority: CertificateAuthority,
  give: (files: readonly string[]) => Promise<unknown>,
): Promise<void> => {
  const { key, certificate } = await authority.server('console', { ips: [], names: [consoleName] });
  const folder = await mkdtemp(join(tmpdir(), 'medlyssning-certificate-'));
  const texts = { 'tls.key': key, 'tls.crt': certificate, 'ca.crt': authority.certificate };
  for (const [name, text] of Object.entries(texts))
    await writeFile(join(folder, name), text, { mode: 0o600 });
  await give(Object.keys(texts).map((name) => `--from-file=${join(folder, name)}`));
  await rm(folder, { recursive: true });
};
