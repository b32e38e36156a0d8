import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { ensureParts } from './parts.ts';
import { freePort } from './ports.ts';
import { startProcess } from './process.ts';

/** A real Prometheus on loopback that scrapes once a second. */
export interface Prometheus extends AsyncDisposable {
  /** Asks its HTTP API. @throws where it refuses @returns `data` of the answer */
  ask(path: string, query: Readonly<Record<string, string>>): Promise<unknown>;
}

/** @param jobs ports on loopback, by what is shown as their instance */
export const startPrometheus = async (jobs: Readonly<Record<string, number>>): Promise<Prometheus> => {
  const parts = await ensureParts();
  const folder = await mkdtemp(join(tmpdir(), 'medlyssning-prometheus-'));
  const file = join(folder, 'prometheus.yaml');
  const config = {
    global: { scrape_interval: '1s' },
    scrape_configs: [
      {
        job_name: 'medlyssning',
        static_configs: Object.entries(jobs).map(([instance, port]) => ({
          targets: [`127.0.0.1:${port}`],
          labels: { instance },
        })),
      },
    ],
  };
  await writeFile(file, stringify(config));
  const origin = `http://127.0.0.1:${await freePort()}`;
  const process = await startProcess({
    name: 'Prometheus',
    command: parts.command(
      'prometheus',
      [
        `--config.file=${file}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--web.listen-address=${origin.slice('http://'.length)}`,
        '--enable-feature=exemplar-storage',
      ],
      folder,
    ),
    ready: {
      probe: () =>
        fetch(`${origin}/-/ready`).then(
          ({ ok }) => ok,
          () => false,
        ),
    },
    readyWithinMs: 30_000,
  });
  return {
    async ask(path, query) {
      const answer = await fetch(`${origin}/api/v1/${path}?${new URLSearchParams(query)}`);
      const body = (await answer.json()) as { readonly data?: unknown; readonly error?: string };
      if (!answer.ok) throw new Error(`Prometheus refused ${JSON.stringify(query)}: ${body.error}`);
      return body.data;
    },
    async [Symbol.asyncDispose]() {
      await process.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
