import { mkdirSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BaresipOptions, startBaresip } from '@medlyssning/tools/real/baresip.ts';
import { freePort, freePortRange } from '@medlyssning/tools/real/ports.ts';
import type { RunningProcess } from '@medlyssning/tools/real/process.ts';
import { vi } from 'vitest';
import { type Recording, readWav, writeWav } from '../audio/index.ts';

export interface BaresipPhoneOptions extends Pick<BaresipOptions, 'parts' | 'workDir' | 'does'> {
  /** The account, `karin-desk@acme.example`. */
  readonly address: string;
  readonly password: string;
  /** Where it registers and sends all else: `sip:127.0.0.1:5060`. */
  readonly proxy: string;
  /** What it plays, PCM16, 8 kHz; it hangs up at its end. */
  readonly says: Int16Array;
}

/** A registered phone that is not of this project. */
export interface BaresipPhone {
  readonly running: RunningProcess;
  /** Resolves once its call brought so many ms of audio. */
  hear(ms: number): Promise<void>;
  /** The last so many ms of what its call brought; whole once the call is over. */
  received(ms: number): Promise<Recording>;
}

const bytesPerMs = 16;

/** Starts baresip and registers it over TCP. */
export const startBaresipPhone = async ({
  address,
  password,
  proxy,
  says,
  ...options
}: BaresipPhoneOptions): Promise<BaresipPhone> => {
  const { workDir } = options;
  mkdirSync(workDir, { recursive: true });
  const speaks = join(workDir, 'says.wav');
  await writeFile(speaks, writeWav(says));
  const running = await startBaresip({
    ...options,
    address: `sip:${address}`,
    accountParameters: [`auth_pass=${password}`, `outbound="${proxy};transport=tcp"`],
    sipPort: await freePort(),
    rtpPorts: await freePortRange(20),
    speaks,
  });
  const file = join(workDir, 'received.wav');
  return {
    running,
    hear: (ms) =>
      vi.waitFor(async () => {
        if ((await stat(file)).size < ms * bytesPerMs) throw new Error(`${address} has not heard ${ms} ms.`);
      }, 15_000),
    received: async (ms) => ({
      startedAt: 0,
      samples: readWav(await readFile(file)).subarray((-ms * bytesPerMs) / 2),
    }),
  };
};
