import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { HelmUnavailable } from './helm-unavailable.ts';

const moduleVersion = 'github.com/prometheus-operator/prometheus-operator@v0.85.0';
const kinds = ['podmonitors', 'prometheusrules', 'servicemonitors'];

/**
 * Files with the definitions of the kinds of the Prometheus Operator that the chart may make, from its Go module.
 * @throws HelmUnavailable
 */
export async function prometheusDefinitions(): Promise<readonly string[]> {
  const download = promisify(execFile)('go', ['mod', 'download', '-json', moduleVersion], {
    cwd: tmpdir(),
    env: { ...process.env, GOFLAGS: '-mod=mod' },
  });
  const { stdout } = await download.catch((cause) => {
    throw new HelmUnavailable(
      `The definitions of the Prometheus Operator could not be brought. Check that \`go env GOPROXY\` is reached: ${cause.message}`,
      { cause },
    );
  });
  const { Dir: folder }: { readonly Dir: string } = JSON.parse(stdout);
  return kinds.map((kind) =>
    join(folder, `example/prometheus-operator-crd/monitoring.coreos.com_${kind}.yaml`),
  );
}
