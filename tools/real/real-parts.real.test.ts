import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startBaresip } from './baresip.ts';
import { speakToWav } from './espeak.ts';
import { startKamailio } from './kamailio.ts';
import { ensureParts } from './parts.ts';
import { freePort, freePortRange } from './ports.ts';
import { answersNg, answersSip } from './probes.ts';
import { startRtpengine } from './rtpengine.ts';
import { startSipp } from './sipp.ts';

const parts = await ensureParts();
const workDir = mkdtempSync(join(tmpdir(), 'medlyssning-parts-'));

test('an rtpengine is killed and stands again on the same ports', async () => {
  const engine = await startRtpengine({ parts, role: 'call', hep: { port: await freePort() } });
  const { pid } = engine;
  expect(readFileSync(`/proc/${pid}/comm`, 'utf8')).toBe('rtpengine\n');
  expect(await engine.kill()).toEqual({ signal: 'SIGKILL' });
  expect(await answersNg(engine.host, engine.ng.udp, 50)).toBe(false);
  await engine.restart();
  expect(engine.pid).not.toBe(pid);
  expect(await answersNg(engine.host, engine.ng.udp)).toBe(true);
  expect(await engine.stop()).toEqual({ code: 0 });
});

test('Kamailio answers SIPp', async () => {
  const port = await freePort();
  const config = join(workDir, 'kamailio.cfg');
  writeFileSync(
    config,
    `listen=udp:127.0.0.1:PORT
loadmodule "sl.so"
loadmodule "rtpengine.so"
request_route { sl_send_reply("200", ANSWER); }`,
  );
  const ready = { probe: () => answersSip('127.0.0.1', port) };
  const defines = { PORT: String(port), ANSWER: '"Fine"' };
  const kamailio = await startKamailio({ parts, config, defines, workDir, ready });
  const scenario = join(workDir, 'options.xml');
  writeFileSync(
    scenario,
    `<scenario><send><![CDATA[
OPTIONS sip:[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:sipp@[local_ip]>;tag=[call_number]
To: <sip:[remote_ip]>
Call-ID: [call_id]
CSeq: 1 OPTIONS
Content-Length: 0

]]></send><recv response="200" /></scenario>`,
  );
  const remote = `127.0.0.1:${port}`;
  const localPort = await freePort();
  const sipp = await startSipp({
    parts,
    scenario,
    remote,
    localPort,
    transport: 'udp',
    workDir,
    extraArgs: ['-m', '1'],
  });
  expect(await sipp.exited).toEqual({ code: 0 });
  await kamailio.stop();
});

test('a faulty Kamailio configuration is told with what Kamailio says of it', async () => {
  const config = join(workDir, 'faulty.cfg');
  writeFileSync(config, 'loadmodule "no-such-module.so"\n');
  const start = startKamailio({ parts, config, defines: {}, workDir, ready: { probe: async () => false } });
  await expect(start).rejects.toThrow(/PBX \(Kamailio\) ended before it was ready.*no-such-module/s);
});

test('espeak-ng speaks into a WAV file', async () => {
  const file = join(workDir, 'speech.wav');
  await speakToWav(parts, { text: 'Hej, det är Anna.', voice: 'sv' }, file);
  const wav = readFileSync(file);
  expect(wav.toString('latin1', 0, 4)).toBe('RIFF');
  expect(wav.readUInt32LE(24)).toBe(22_050);
  expect(wav.length).toBeGreaterThan(22_050);
});

test('one baresip phone calls another', async () => {
  const speaks = join(workDir, 'silence.wav');
  writeFileSync(speaks, silentWav(8000));
  const common = { parts, speaks, accountParameters: ['regint=0'] };
  const phone = async (name: string, sipPort: number, does: 'answer' | { call: string }) =>
    startBaresip({
      ...common,
      workDir: join(workDir, name),
      address: `sip:${name}@127.0.0.1`,
      sipPort,
      rtpPorts: await freePortRange(10),
      does,
    });
  const port = await freePort();
  const bo = await phone('bo', port, 'answer');
  const anna = await phone('anna', await freePort(), { call: `sip:bo@127.0.0.1:${port}` });
  await expect.poll(() => bo.output(), { timeout: 5000 }).toContain('Call established: sip:anna@127.0.0.1');
  await Promise.all([anna.kill(), bo.kill()]);
});

/** 8,000 Hz, 16 bit, mono. */
function silentWav(samples: number): Buffer {
  const header = Buffer.alloc(44 + 2 * samples);
  header.write('RIFF');
  header.writeUInt32LE(36 + 2 * samples, 4);
  header.write('WAVEfmt ', 8);
  for (const [at, value] of [
    [16, 16],
    [24, 8000],
    [28, 16_000],
    [40, 2 * samples],
  ] as const)
    header.writeUInt32LE(value, at);
  for (const [at, value] of [
    [20, 1],
    [22, 1],
    [32, 2],
    [34, 16],
  ] as const)
    header.writeUInt16LE(value, at);
  header.write('data', 36);
  return header;
}
